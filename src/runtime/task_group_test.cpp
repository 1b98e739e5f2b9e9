#include "runtime/task_group.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/manual_clock.hpp"
#include "runtime/runtime_fixture.hpp"

namespace lango::runtime {
namespace {

using namespace std::chrono_literals;
using test::Runtime;

class TaskGroupTest : public Runtime {
  protected:
    std::vector<std::string> told_;
    TaskGroup group_{{.executor = io_.get_executor(),
                      .clock = clock_,
                      .escaped =
                          [this](std::string_view task, std::string_view error) {
                              told_.push_back(std::string{task} + ": " + std::string{error});
                          },
                      .ended = [this] { told_.push_back("ended, left " + left()); }}};

    std::string left() const { return std::to_string(group_.size()); }
    asio::awaitable<void> sleep(Duration for_so_long) {
        co_await clock_.sleep_until(clock_.now() + for_so_long);
    }
    asio::awaitable<void> fail_after(Duration pause, std::string why) {
        co_await sleep(pause);
        throw std::runtime_error{why};
    }
    asio::awaitable<void> wait_for_all(bool& joined) {
        co_await group_.join();
        joined = true;
    }
    asio::awaitable<void> wait_until(Instant until, std::optional<bool>& joined) {
        joined = co_await group_.join(until);
    }
};

TEST_F(TaskGroupTest, CountsWhatRuns) {
    group_.spawn(nullptr, "short", sleep(1s));
    group_.spawn(nullptr, "long", sleep(3s));
    EXPECT_EQ(group_.size(), 2U);
    EXPECT_EQ(group_.room(5), 3U);
    EXPECT_EQ(group_.room(1), 0U);
    clock_.advance(2s);
    EXPECT_EQ(told_, (std::vector<std::string>{"ended, left 1"}));
    clock_.advance(2s);
    EXPECT_EQ(group_.size(), 0U);
}

TEST_F(TaskGroupTest, TellsWhatEscapesByTheTasksName) {
    group_.spawn(nullptr, "push 17", fail_after(1s, "no route"));
    clock_.advance(1s);
    EXPECT_EQ(told_, (std::vector<std::string>{"push 17: no route", "ended, left 0"}));
}

TEST_F(TaskGroupTest, JoinsWhenTheLastHasEnded) {
    group_.spawn(nullptr, "short", sleep(1s));
    group_.spawn(nullptr, "long", sleep(200s));
    bool joined = false;
    begin(wait_for_all(joined));
    clock_.advance(199s);
    EXPECT_FALSE(joined);
    clock_.advance(1s);
    EXPECT_TRUE(joined);
}

TEST_F(TaskGroupTest, JoinsNoLongerThanAsked) {
    group_.spawn(nullptr, "long", sleep(200s));
    std::optional<bool> joined;
    begin(wait_until(clock_.now() + 10s, joined));
    clock_.advance(10s);
    EXPECT_EQ(joined, false);
    EXPECT_EQ(group_.size(), 1U);
}

TEST_F(TaskGroupTest, AnEmptyGroupIsJoinedAtOnce) {
    std::optional<bool> joined;
    begin(wait_until(clock_.now() + 10s, joined));
    clock_.settle();
    EXPECT_EQ(joined, true);
}

TEST_F(TaskGroupTest, KeepsTheOwnerOfATaskUntilItsEnd) {
    auto owner = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = owner;
    group_.spawn(std::move(owner), "task", sleep(1s));
    clock_.settle();
    EXPECT_FALSE(watched.expired());
    clock_.advance(1s);
    EXPECT_TRUE(watched.expired());
}

TEST_F(TaskGroupTest, WhatRunsInTheCallersCoroutineIsCountedAndThrowsNothing) {
    begin(group_.run(nullptr, "query", fail_after(5s, "silence")));
    clock_.settle();
    EXPECT_EQ(group_.size(), 1U);
    clock_.advance(5s);
    EXPECT_EQ(told_, (std::vector<std::string>{"query: silence", "ended, left 0"}));
}

TEST(TaskGroup, MayGoWhileItsTasksRun) {
    asio::io_context io;
    ManualClock clock{io, Instant{1'000s}};
    int told = 0;
    {
        TaskGroup group{{.executor = io.get_executor(),
                         .clock = clock,
                         .escaped = [&told](std::string_view, std::string_view) { ++told; },
                         .ended = [&told] { ++told; }}};
        group.spawn(nullptr, "orphan", clock.sleep_until(clock.now() + 1s));
        clock.settle();
    }
    clock.advance(2s);
    EXPECT_EQ(told, 0);
}

TEST(Attempt, SaysWhatWentWrongAndNothingElse) {
    asio::io_context io;
    std::vector<std::string> said;
    const auto work = [](std::optional<std::string> error) -> asio::awaitable<void> {
        if (error) throw std::runtime_error{*error};
        co_return;
    };
    const auto all = [&]() -> asio::awaitable<void> {
        said.push_back(co_await attempt(work(std::nullopt)));
        said.push_back(co_await attempt(work("the disk is full")));
        said.push_back(co_await attempt(work("")));
    };
    asio::co_spawn(io, all(), asio::detached);
    io.run();
    EXPECT_EQ(said,
              (std::vector<std::string>{"", "the disk is full", "an exception without a text"}));
}

}  // namespace
}  // namespace lango::runtime
