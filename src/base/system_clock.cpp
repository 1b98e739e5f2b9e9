#include "base/system_clock.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/system_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace lango {
namespace {

class SystemTimer final : public Timer {
  public:
    explicit SystemTimer(const asio::any_io_executor& executor) : timer_(executor) {}

    void expires_at(Instant at) override {
        // Asio counts nanoseconds; an Instant reaches further than those do.
        using Wall = std::chrono::system_clock::time_point;
        constexpr auto latest = std::chrono::floor<Duration>(Wall::max());
        constexpr auto earliest = std::chrono::ceil<Duration>(Wall::min());
        timer_.expires_at(std::clamp(at, earliest, latest));
    }

    void cancel() override { timer_.cancel(); }

    asio::awaitable<bool> wait() override {
        boost::system::error_code error;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        co_return !error;
    }

  private:
    asio::system_timer timer_;
};

}  // namespace

SystemClock::SystemClock(asio::any_io_executor executor) : executor_(std::move(executor)) {}

Instant SystemClock::now() const {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

std::unique_ptr<Timer> SystemClock::timer() { return std::make_unique<SystemTimer>(executor_); }

}  // namespace lango
