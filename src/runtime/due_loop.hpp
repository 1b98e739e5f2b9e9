// A background job that sleeps until something is due: it looks, does or begins what it finds, and
// says when to look again. Whoever makes something due sooner wakes it.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "runtime/task_group.hpp"

namespace lango::runtime {

// Belongs to one thread, that of the group it runs in.
class DueLoop {
  public:
    struct Options {
        // A clock that was set back, or a wake-up that was lost, costs no more than this.
        Duration longest_sleep = std::chrono::minutes{1};
        Duration retry_after = std::chrono::seconds{1};  // when a step threw
    };
    static constexpr Duration unbounded = Duration::max();  // a longest sleep that is none

    // Looks, and says when to look again.
    using Step = std::function<asio::awaitable<Instant>(Instant now)>;

    // trouble: a step threw.
    DueLoop(Clock& clock, Options options, std::function<void(std::string_view error)> trouble);
    // Stops it; the step that runs comes to its end.
    ~DueLoop();
    DueLoop(const DueLoop&) = delete;
    DueLoop& operator=(const DueLoop&) = delete;

    // Once. Runs as a task of `tasks` until stop(), beginning at `first`; by then wake() begins it,
    // too. owner: what the step refers to.
    void start(TaskGroup& tasks, std::shared_ptr<const void> owner, std::string name, Step step,
               Instant first = {});
    // Looks at once; when it is looking, once more after that.
    void wake();
    // Looks at `at`, unless it does so before.
    void look_by(Instant at);
    // No step begins any more. Whoever must know that the last one is over joins the group.
    void stop();
    [[nodiscard]] bool is_stopping() const;

  private:
    struct State;
    static asio::awaitable<void> run(std::shared_ptr<State> state, Step step, Instant first);
    static asio::awaitable<void> sleep(State& state, Instant next);
    std::shared_ptr<State> state_;
};

}  // namespace lango::runtime
