// The only test that meets the machine's time; it waits for nothing that is not due already, or
// else cancels the wait.
#include "base/system_clock.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

namespace lango {
namespace {

asio::awaitable<void> record(Timer& timer, std::optional<bool>& came) {
    came = co_await timer.wait();
}

class SystemClockTest : public testing::Test {
  protected:
    std::optional<bool> start_waiting(Timer& timer) {
        asio::co_spawn(io_, record(timer, came_), asio::detached);
        io_.poll();
        return came_;
    }
    std::optional<bool> run_to_the_end() {
        io_.restart();
        io_.run();
        return came_;
    }

    asio::io_context io_;
    SystemClock clock_{io_.get_executor()};
    std::unique_ptr<Timer> timer_ = clock_.timer();

  private:
    std::optional<bool> came_;
};

TEST_F(SystemClockTest, LiesAfterThisProgramWasWritten) {
    EXPECT_GT(clock_.now(), std::chrono::sys_days{std::chrono::year{2025} / 1 / 1});
}

TEST_F(SystemClockTest, TellsThatTheTimeCame) {
    timer_->expires_at(clock_.now());
    start_waiting(*timer_);
    EXPECT_EQ(run_to_the_end(), true);
}

TEST_F(SystemClockTest, TellsThatItWasCancelled) {
    timer_->expires_at(Instant::max());
    EXPECT_EQ(start_waiting(*timer_), std::nullopt);
    timer_->cancel();
    EXPECT_EQ(run_to_the_end(), false);
}

TEST_F(SystemClockTest, WakesItsWaiterWhenTheTimeIsSetAnew) {
    timer_->expires_at(Instant::max());
    start_waiting(*timer_);
    timer_->expires_at(Instant::min());
    EXPECT_EQ(run_to_the_end(), false);
}

TEST_F(SystemClockTest, WakesItsWaiterWhenTheTimerGoesAway) {
    timer_->expires_at(Instant::max());
    start_waiting(*timer_);
    timer_.reset();
    EXPECT_EQ(run_to_the_end(), false);
}

TEST_F(SystemClockTest, DoesNotSleepUntilThePast) {
    bool woke = false;
    asio::co_spawn(io_, clock_.sleep_until(Instant::min()),
                   [&](const std::exception_ptr& error) { woke = !error; });
    io_.run();
    EXPECT_TRUE(woke);
}

}  // namespace
}  // namespace lango
