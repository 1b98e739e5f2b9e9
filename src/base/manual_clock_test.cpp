#include "base/manual_clock.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <string>
#include <vector>

namespace lango {
namespace {

using namespace std::chrono_literals;

class ManualClockTest : public testing::Test {
  protected:
    asio::io_context io_;
    ManualClock clock_{io_, Instant{1'000s}};
    std::vector<std::string> told_;

    std::unique_ptr<Timer> start_waiting(std::string name, Duration after) {
        auto timer = clock_.timer();
        timer->expires_at(clock_.now() + after);
        asio::co_spawn(io_, tell(*this, *timer, std::move(name)), asio::detached);
        clock_.settle();
        return timer;
    }
    static asio::awaitable<void> tell(ManualClockTest& self, Timer& timer, std::string name) {
        const bool came = co_await timer.wait();
        const auto at = (self.clock_.now() - Instant{1'000s}) / 1s;
        self.told_.push_back(name + (came ? " at " : " woken at ") + std::to_string(at));
    }
    // Sleeps twice, so that the second sleep begins while time moves.
    static asio::awaitable<void> sleep_twice(ManualClockTest& self, Duration each) {
        co_await self.clock_.sleep_until(self.clock_.now() + each);
        co_await self.clock_.sleep_until(self.clock_.now() + each);
        self.told_.push_back("slept until " +
                             std::to_string((self.clock_.now() - Instant{1'000s}) / 1s));
    }
};

TEST_F(ManualClockTest, StandsStillWhileWorkIsDone) {
    const auto timer = start_waiting("a", 5s);
    clock_.settle();
    EXPECT_EQ(clock_.now(), Instant{1'000s});
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(clock_.next_or(Instant{}), Instant{1'005s});
}

TEST_F(ManualClockTest, FiresInOrderOfTimeThenOfWaiting) {
    const auto late = start_waiting("late", 7s);
    const auto first = start_waiting("first", 3s);
    const auto second = start_waiting("second", 3s);
    clock_.advance(10s);
    EXPECT_EQ(told_, (std::vector<std::string>{"first at 3", "second at 3", "late at 7"}));
    EXPECT_EQ(clock_.now(), Instant{1'010s});
}

TEST_F(ManualClockTest, StopsAtTimersThatAreSetOnTheWay) {
    asio::co_spawn(io_, sleep_twice(*this, 4s), asio::detached);
    clock_.advance(10s);
    EXPECT_EQ(told_, (std::vector<std::string>{"slept until 8"}));
}

TEST_F(ManualClockTest, TellsAWaiterThatItWasCancelledOrSetAnew) {
    const auto cancelled = start_waiting("cancelled", 5s);
    const auto again = start_waiting("again", 5s);
    cancelled->cancel();
    again->expires_at(clock_.now() + 9s);
    clock_.advance(6s);
    EXPECT_EQ(told_, (std::vector<std::string>{"cancelled woken at 0", "again woken at 0"}));
}

TEST_F(ManualClockTest, WakesTheWaiterOfATimerThatGoes) {
    auto timer = start_waiting("a", 5s);
    timer.reset();
    clock_.settle();
    EXPECT_EQ(told_, (std::vector<std::string>{"a woken at 0"}));
}

TEST_F(ManualClockTest, WakesAWaiterWhoseCoroutineIsCancelled) {
    auto timer = clock_.timer();
    timer->expires_at(clock_.now() + 5s);
    asio::cancellation_signal stop;
    asio::co_spawn(io_, tell(*this, *timer, "a"),
                   asio::bind_cancellation_slot(stop.slot(), asio::detached));
    clock_.settle();
    stop.emit(asio::cancellation_type::terminal);
    clock_.advance(10s);
    EXPECT_EQ(clock_.next_or(Instant{}), Instant{});
}

TEST_F(ManualClockTest, DoesNotGoBackForATimeInThePast) {
    const auto timer = start_waiting("a", -5s);
    clock_.advance(1s);
    EXPECT_EQ(told_, (std::vector<std::string>{"a at 0"}));
    clock_.advance_to(Instant{});
    EXPECT_EQ(clock_.now(), Instant{1'001s});
}

// As sleeps of the real clock do.
TEST_F(ManualClockTest, PutToAnotherTimeLeavesSleepsAsLongAsTheyAre) {
    const auto timer = start_waiting("a", 5s);
    clock_.put_to(Instant{500s});
    EXPECT_EQ(clock_.now(), Instant{500s});
    EXPECT_EQ(clock_.next_or(Instant{}), Instant{505s});
    clock_.advance(4s);
    EXPECT_TRUE(told_.empty());
    clock_.advance(1s);
    EXPECT_EQ(told_, (std::vector<std::string>{"a at -495"}));
}

TEST(ManualClockThatGoes, LeavesNothingBehindOfWhoeverSleeps) {
    asio::io_context io;
    {
        ManualClock clock{io, Instant{}};
        asio::co_spawn(io, clock.sleep_until(Instant{1s}), asio::detached);
        clock.settle();
    }
    // The address sanitizer sees the coroutine go with the context.
}

}  // namespace
}  // namespace lango
