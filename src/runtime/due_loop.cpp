#include "runtime/due_loop.hpp"

#include <algorithm>

namespace lango::runtime {

// Shared with the coroutine, which may outlive the loop.
struct DueLoop::State {
    State(Clock& of, Options given, std::function<void(std::string_view)> told)
        : clock(of), options(given), trouble(std::move(told)), timer(clock.timer()) {}
    Clock& clock;
    Options options;
    std::function<void(std::string_view error)> trouble;
    std::unique_ptr<Timer> timer;
    bool stopping = false;
    bool woken = false;
    Instant by = Instant::max();         // somebody wants it to look then
    Instant sleeps_to = Instant::max();  // no end: it looks

    [[nodiscard]] Instant latest(Instant now) const {
        return options.longest_sleep == unbounded ? Instant::max() : now + options.longest_sleep;
    }
};

DueLoop::DueLoop(Clock& clock, Options options, std::function<void(std::string_view)> trouble)
    : state_(std::make_shared<State>(clock, options, std::move(trouble))) {}

DueLoop::~DueLoop() {
    state_->trouble = {};
    stop();
}

asio::awaitable<void> DueLoop::sleep(State& state, Instant next) {
    while (!state.stopping && !state.woken) {
        state.sleeps_to = std::min(next, state.by);
        state.timer->expires_at(state.sleeps_to);
        if (co_await state.timer->wait()) break;
    }
    state.sleeps_to = Instant::max();
}

asio::awaitable<void> DueLoop::run(std::shared_ptr<State> state, Step step, Instant first) {
    if (first > state->clock.now()) co_await sleep(*state, first);
    while (!state->stopping) {
        state->woken = false;
        state->by = Instant::max();
        const auto now = state->clock.now();
        auto next = state->latest(now);
        std::string error;
        try {
            next = std::min(next, co_await step(now));
        } catch (const std::exception& broken) {
            error = broken.what();
            next = state->clock.now() + state->options.retry_after;
        }
        if (!error.empty() && state->trouble) state->trouble(error);
        co_await sleep(*state, next);
    }
}

void DueLoop::start(TaskGroup& tasks, std::shared_ptr<const void> owner, std::string name,
                    Step step, Instant first) {
    tasks.spawn(std::move(owner), std::move(name), run(state_, std::move(step), first));
}

void DueLoop::wake() {
    state_->woken = true;
    state_->timer->cancel();
}

void DueLoop::look_by(Instant at) {
    if (at >= std::min(state_->by, state_->sleeps_to)) return;
    state_->by = at;
    state_->timer->cancel();
}

void DueLoop::stop() {
    state_->stopping = true;
    state_->timer->cancel();
}

bool DueLoop::is_stopping() const { return state_->stopping; }

}  // namespace lango::runtime
