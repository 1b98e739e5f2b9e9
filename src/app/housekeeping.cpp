#include "app/housekeeping.hpp"

#include "ops/logging.hpp"
#include "runtime/due_loop.hpp"
#include "window/prompts.hpp"

namespace lango::app {

namespace {

using namespace std::chrono_literals;

constexpr Duration every = 1min;
constexpr int minutes_a_run = 60;
constexpr int runs_a_day = 24;  // it masks in the first of them

}  // namespace

// Owned by shared_ptr because its loop holds it; stop() waits for its end.
struct Housekeeping::Impl : std::enable_shared_from_this<Housekeeping::Impl> {
    Impl(Parts p, privacy::JobOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock, {.longest_sleep = runtime::DueLoop::unbounded}, told),
          loops({.executor = parts.executor, .clock = parts.clock}) {}

    Parts parts;
    privacy::JobOptions options;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;
    int minutes = 0;
    int runs = 0;

    static void told(std::string_view error) {
        log::error("housekeeping", "a run ended early; the next one goes on", {{"error", error}});
    }

    asio::awaitable<Instant> step() {
        co_await keep_counts();
        if (++minutes % minutes_a_run == 0) co_await run();
        co_return parts.clock.now() + every;
    }

    asio::awaitable<void> run() {
        const auto error = co_await runtime::attempt(do_all());
        if (!error.empty()) told(error);
    }

    asio::awaitable<void> do_all() {
        co_await keep_uses();
        co_await parts.store.write(
            [now = parts.clock.now()](store::Tx& tx) { return window::forget_prompts(tx, now); });
        if (options.mask_after > Duration::zero() && !loop.is_stopping() &&
            runs++ % runs_a_day == 0) {
            co_await mask();
        }
    }

    asio::awaitable<void> keep_counts() {
        try {
            co_await parts.each_minute();
        } catch (const std::exception& error) {
            log::error("housekeeping", "counts of limits were not kept; a restart forgets them",
                       {{"error", error.what()}});
        }
    }

    asio::awaitable<void> keep_uses() {
        auto uses = parts.merchants.uses().take();
        if (uses.empty()) co_return;
        co_await parts.store.write(
            [uses = std::move(uses)](store::Tx& tx) { merchants::save_key_uses(tx, uses); });
    }

    asio::awaitable<void> mask() {
        const auto before = privacy::closed_before(options, parts.clock.now());
        const auto masked = co_await privacy::mask_old(
            parts.store, parts.master, parts.clock, before, [this] { return loop.is_stopping(); });
        log::info("privacy", "payments that have been over for long were masked",
                  {{"masked", masked}});
    }
};

Housekeeping::Housekeeping(Parts parts, privacy::JobOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Housekeeping::~Housekeeping() { impl_->loop.stop(); }

void Housekeeping::start() {
    impl_->loop.start(
        impl_->loops, impl_, "housekeeping", [self = impl_.get()](Instant) { return self->step(); },
        impl_->parts.clock.now() + every);
}

asio::awaitable<void> Housekeeping::stop() {
    auto self = impl_;
    self->loop.stop();
    co_await self->loops.join();
    // What was used since the last run; all others are still to be stopped, with a store or
    // without.
    co_await self->keep_counts();
    co_await self->run();
}

}  // namespace lango::app
