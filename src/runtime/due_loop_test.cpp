#include "runtime/due_loop.hpp"

#include <stdexcept>

#include "base/check.hpp"
#include "runtime/runtime_fixture.hpp"

namespace lango::runtime {
namespace {

using namespace std::chrono_literals;

class DueLoopTest : public test::Runtime {
  protected:
    std::vector<std::int64_t> looked_;  // at these seconds
    std::vector<std::string> trouble_;
    Duration pause_ = 10s;  // until the next look, as the step says
    Duration takes_{};      // a step
    bool fails_ = false;
    bool is_wrong_ = false;  // about itself
    TaskGroup tasks_{{.executor = io_.get_executor(), .clock = clock_}};
    DueLoop loop_{clock_, {}, [this](std::string_view error) { trouble_.emplace_back(error); }};

    asio::awaitable<Instant> step(Instant now) {
        looked_.push_back(second());
        if (takes_ > Duration::zero()) co_await clock_.sleep_until(clock_.now() + takes_);
        if (fails_) throw std::runtime_error{"the store is gone"};
        LANGO_CHECK(!is_wrong_, "what is due has a time");
        co_return now + pause_;
    }
    void start(Instant first = {}) {
        loop_.start(tasks_, nullptr, "loop", [this](Instant now) { return step(now); }, first);
        clock_.settle();
    }
    using Seconds = std::vector<std::int64_t>;
};

TEST_F(DueLoopTest, LooksWhenItSaid) {
    start();
    clock_.advance(25s);
    EXPECT_EQ(looked_, (Seconds{0, 10, 20}));
}

TEST_F(DueLoopTest, BeginsWhenItIsTold) {
    start(clock_.now() + 30s);
    clock_.advance(29s);
    EXPECT_TRUE(looked_.empty());
    clock_.advance(11s);
    EXPECT_EQ(looked_, (Seconds{30, 40}));
}

TEST_F(DueLoopTest, AWakeUpBeginsItSooner) {
    start(clock_.now() + 30s);
    clock_.advance(5s);
    loop_.wake();
    clock_.settle();
    EXPECT_EQ(looked_, (Seconds{5}));
}

TEST_F(DueLoopTest, AFailedCheckEndsOneStepAndIsToldAndCounted) {
    is_wrong_ = true;
    const auto before = failed_checks();
    start();
    ASSERT_EQ(trouble_.size(), 1U);
    EXPECT_NE(trouble_[0].find("what is due has a time"), std::string::npos) << trouble_[0];
    EXPECT_EQ(failed_checks(), before + 1);
    is_wrong_ = false;
    clock_.advance(12s);
    EXPECT_EQ(looked_, (Seconds{0, 1, 11})) << "it goes on";
}

TEST_F(DueLoopTest, SleepsNoLongerThanTheLongest) {
    pause_ = 1h;
    start();
    clock_.advance(130s);
    EXPECT_EQ(looked_, (Seconds{0, 60, 120}));
}

TEST_F(DueLoopTest, WakesWhenItSleeps) {
    start();
    clock_.advance(3s);
    loop_.wake();
    clock_.advance(11s);
    EXPECT_EQ(looked_, (Seconds{0, 3, 13}));
}

TEST_F(DueLoopTest, WhoWakesItWhileItLooksHasItLookOnceMore) {
    takes_ = 2s;
    start();
    clock_.advance(1s);
    loop_.wake();
    loop_.wake();
    clock_.advance(8s);
    EXPECT_EQ(looked_, (Seconds{0, 2}));
}

TEST_F(DueLoopTest, LooksBySooner) {
    start();
    loop_.look_by(clock_.now() + 4s);
    loop_.look_by(clock_.now() + 7s);  // nothing more: it looks before
    clock_.advance(13s);
    EXPECT_EQ(looked_, (Seconds{0, 4}));
    clock_.advance(1s);
    EXPECT_EQ(looked_, (Seconds{0, 4, 14}));
}

TEST_F(DueLoopTest, LooksByWhatWasSaidWhileItLooked) {
    takes_ = 2s;
    start();
    clock_.advance(1s);
    loop_.look_by(clock_.now() + 4s);
    clock_.advance(6s);
    EXPECT_EQ(looked_, (Seconds{0, 5}));
}

TEST_F(DueLoopTest, WhatIsDueLaterThanItLooksAnywayChangesNothing) {
    start();
    clock_.advance(1s);
    loop_.look_by(clock_.now() + 30s);
    clock_.advance(10s);
    EXPECT_EQ(looked_, (Seconds{0, 10}));
}

TEST_F(DueLoopTest, TellsWhatWentWrongAndTriesAgain) {
    fails_ = true;
    start();
    clock_.advance(1s);
    EXPECT_EQ(looked_, (Seconds{0, 1}));
    EXPECT_EQ(trouble_, (std::vector<std::string>{"the store is gone", "the store is gone"}));
    fails_ = false;
    clock_.advance(12s);
    EXPECT_EQ(looked_, (Seconds{0, 1, 2, 12}));
}

TEST_F(DueLoopTest, EndsWhenItIsStoppedAndTheLastLookIsOver) {
    takes_ = 5s;
    start();
    clock_.advance(1s);
    loop_.stop();
    EXPECT_TRUE(loop_.is_stopping());
    clock_.advance(3s);
    EXPECT_EQ(tasks_.size(), 1U);  // it looks still
    clock_.advance(1s);
    EXPECT_EQ(tasks_.size(), 0U);
    clock_.advance(1h);
    EXPECT_EQ(looked_, (Seconds{0}));
}

TEST_F(DueLoopTest, EndsAtOnceWhenItSleeps) {
    start();
    clock_.advance(1s);
    loop_.stop();
    clock_.settle();
    EXPECT_EQ(tasks_.size(), 0U);
}

TEST_F(DueLoopTest, EndsWithItsOwner) {
    {
        DueLoop loop{clock_, {}, {}};
        loop.start(tasks_, nullptr, "short", [this](Instant now) { return step(now); });
        clock_.advance(11s);
    }
    clock_.settle();
    EXPECT_EQ(tasks_.size(), 0U);
    EXPECT_EQ(looked_, (Seconds{0, 10}));
}

TEST_F(DueLoopTest, WithoutALongestSleepItSleepsAsLongAsItSaid) {
    pause_ = 48h;
    DueLoop loop{clock_, {.longest_sleep = DueLoop::unbounded}, {}};
    loop.start(tasks_, nullptr, "daily", [this](Instant now) { return step(now); });
    clock_.advance(49h);
    EXPECT_EQ(looked_.size(), 2U);
}

}  // namespace
}  // namespace lango::runtime
