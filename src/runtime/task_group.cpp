#include "runtime/task_group.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace lango::runtime {

namespace {

constexpr Duration look_again = std::chrono::minutes{1};  // of who waits however long it takes

}  // namespace

asio::awaitable<std::string> attempt(asio::awaitable<void> work) {
    std::string error;
    try {
        co_await std::move(work);
    } catch (const std::exception& broken) {
        error = broken.what();
        if (error.empty()) error = "an exception without a text";
    }
    co_return error;
}

// Shared with the tasks: a group may go while they run.
struct TaskGroup::State {
    explicit State(Parts given) : parts(std::move(given)), empty(parts.clock.timer()) {}
    Parts parts;
    std::unique_ptr<Timer> empty;  // join()'s wait
    std::size_t running = 0;
    bool joined = false;  // somebody waits
};

TaskGroup::TaskGroup(Parts parts) : state_(std::make_shared<State>(std::move(parts))) {}

TaskGroup::~TaskGroup() {
    state_->parts.escaped = {};
    state_->parts.ended = {};
}

asio::awaitable<void> TaskGroup::run_counted(std::shared_ptr<State> state,
                                             std::shared_ptr<const void> owner, std::string task,
                                             asio::awaitable<void> work) {
    const auto error = co_await attempt(std::move(work));
    if (!error.empty() && state->parts.escaped) state->parts.escaped(task, error);
    --state->running;
    if (state->parts.ended) state->parts.ended();
    if (state->joined && state->running == 0) state->empty->cancel();
    owner.reset();
}

void TaskGroup::spawn(std::shared_ptr<const void> owner, std::string task,
                      asio::awaitable<void> work) {
    ++state_->running;
    asio::co_spawn(state_->parts.executor,
                   run_counted(state_, std::move(owner), std::move(task), std::move(work)),
                   asio::detached);
}

asio::awaitable<void> TaskGroup::run(std::shared_ptr<const void> owner, std::string task,
                                     asio::awaitable<void> work) {
    ++state_->running;
    return run_counted(state_, std::move(owner), std::move(task), std::move(work));
}

std::size_t TaskGroup::size() const { return state_->running; }

std::size_t TaskGroup::room(std::size_t most) const {
    return most - std::min(most, state_->running);
}

asio::awaitable<bool> TaskGroup::join(Instant until) {
    const auto state = state_;
    state->joined = true;
    while (state->running > 0 && state->parts.clock.now() < until) {
        state->empty->expires_at(until);
        static_cast<void>(co_await state->empty->wait());
    }
    state->joined = false;
    co_return state->running == 0;
}

asio::awaitable<void> TaskGroup::join() {
    const auto state = state_;
    while (!co_await join(state->parts.clock.now() + look_again)) {
    }
}

}  // namespace lango::runtime
