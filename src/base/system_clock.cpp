#include "base/system_clock.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace lango {
namespace {

class SystemTimer final : public Timer {
  public:
    explicit SystemTimer(const asio::any_io_executor& executor) : timer_(executor) {}

    // Counted from now on by a clock that nobody sets: one that goes back a day makes no sleep a
    // day longer. Who sleeps looks at the time again when he wakes.
    void expires_at(Instant at) override {
        const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
        // Asio counts nanoseconds; an Instant reaches further than those do.
        constexpr Duration longest = std::chrono::hours{24 * 365};
        const auto left = at <= now ? Duration::zero() : at - now > longest ? longest : at - now;
        timer_.expires_after(left);
    }

    void cancel() override { timer_.cancel(); }

    asio::awaitable<bool> wait() override {
        boost::system::error_code error;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        co_return !error;
    }

  private:
    asio::steady_timer timer_;
};

}  // namespace

SystemClock::SystemClock(asio::any_io_executor executor) : executor_(std::move(executor)) {}

Instant SystemClock::now() const {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

std::unique_ptr<Timer> SystemClock::timer() { return std::make_unique<SystemTimer>(executor_); }

}  // namespace lango
