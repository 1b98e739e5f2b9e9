// A clock that moves only when it is told to: for tests and the simulation. Timers fire in order of
// time, and of equal times in order of their setting.
#pragma once
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <utility>

#include "base/clock.hpp"

namespace lango {

class ManualClock final : public Clock {
 public:
    ManualClock(asio::io_context& context, Instant start) : context_(context), now_(start) {}
    [[nodiscard]] Instant now() const override { return now_; }
    [[nodiscard]] std::unique_ptr<Timer> timer() override;

    // Runs what is ready without moving time.
    void settle();
    // Moves to `until`, stopping at each timer that fires on the way; between them everything that
    // is ready runs.
    void advance_to(Instant until);
    void advance(Duration by) { advance_to(now_ + by); }
    // The next timer's time, or `otherwise`.
    [[nodiscard]] Instant next_or(Instant otherwise) const;

 private:
    class ManualTimer;
    using Key = std::pair<Instant, std::uint64_t>;
    asio::io_context& context_;
    Instant now_;
    std::uint64_t set_ = 0;
    std::map<Key, ManualTimer*> waiting_;
};

}  // namespace lango
