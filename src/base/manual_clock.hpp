// A clock that moves only when it is told to: for tests and the simulation. Timers fire in order of
// time, and of equal times in the order in which they were waited for.
#pragma once
#include <boost/asio/io_context.hpp>
#include <memory>

#include "base/clock.hpp"

namespace lango {

// Time, timers and the context belong to one thread. Waits that are left when the clock goes are
// woken with false; timers may outlive it.
class ManualClock final : public Clock {
  public:
    ManualClock(asio::io_context& context, Instant start);
    ~ManualClock() override;
    ManualClock(const ManualClock&) = delete;
    ManualClock& operator=(const ManualClock&) = delete;

    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::unique_ptr<Timer> timer() override;

    // Runs what is ready without moving time.
    void settle();
    // Moves to `until`, stopping at each timer that fires on the way; between them everything that
    // is ready runs.
    void advance_to(Instant until);
    void advance(Duration by) { advance_to(now() + by); }
    // Somebody puts the clock to that time. Timers fire as long from now as they would have: like
    // those of the real clock they count from when they were set.
    void put_to(Instant time);
    // The time of the next timer that somebody waits for, or `otherwise`.
    [[nodiscard]] Instant next_or(Instant otherwise) const;

  private:
    class ManualTimer;
    struct Waiting;
    asio::io_context& context_;
    std::shared_ptr<Waiting> waiting_;
};

}  // namespace lango
