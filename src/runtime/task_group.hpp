// Work that goes on beside its owner: a push, a payout, an attempt at a postback. Nothing else in
// src/ may be spawned and forgotten (tests/lint): a group counts what it runs, reports what escapes
// from it, and can be waited for.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace lango::runtime {

// Does the work; returns what went wrong, "" when nothing did.
[[nodiscard]] asio::awaitable<std::string> attempt(asio::awaitable<void> work);

// Belongs to one thread, the executor's.
class TaskGroup {
  public:
    struct Parts {
        asio::any_io_executor executor;
        Clock& clock;
        // A task ended by an exception. No task of the group is called back after the owner's end.
        std::function<void(std::string_view task, std::string_view error)> escaped = {};
        std::function<void()> ended = {};  // after each task's end; it is counted no more
    };
    explicit TaskGroup(Parts parts);
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    // owner: what the work refers to, alive until its end. task: names it when it fails.
    void spawn(std::shared_ptr<const void> owner, std::string task, asio::awaitable<void> work);
    // The same in the caller's own coroutine, which goes on after its end. Throws nothing.
    [[nodiscard]] asio::awaitable<void> run(std::shared_ptr<const void> owner, std::string task,
                                            asio::awaitable<void> work);
    [[nodiscard]] std::size_t size() const;
    // How many more may run when `most` may.
    [[nodiscard]] std::size_t room(std::size_t most) const;
    // Waits until no task runs, or until then. True: none runs. One caller at a time.
    [[nodiscard]] asio::awaitable<bool> join(Instant until);
    // However long it takes.
    [[nodiscard]] asio::awaitable<void> join();

  private:
    struct State;
    static asio::awaitable<void> run_counted(std::shared_ptr<State> state,
                                             std::shared_ptr<const void> owner, std::string task,
                                             asio::awaitable<void> work);
    std::shared_ptr<State> state_;
};

}  // namespace lango::runtime
