// The port through which time enters. The real clock reads the machine's; the simulated one
// (tests/simulation) moves only when nobody has work left.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "base/time.hpp"

namespace lango {

namespace asio = boost::asio;

// One waiter at a time. wait() returns true when the time came, false when cancel() or
// a new expires_at() woke it. Must be used on the executor that the clock was made for.
class Timer {
  public:
    virtual ~Timer() = default;
    virtual void expires_at(Instant at) = 0;
    virtual void cancel() = 0;
    [[nodiscard]] virtual asio::awaitable<bool> wait() = 0;
};

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual std::unique_ptr<Timer> timer() = 0;
    // Convenience over timer().
    [[nodiscard]] asio::awaitable<void> sleep_until(Instant at);
};

}  // namespace lango
