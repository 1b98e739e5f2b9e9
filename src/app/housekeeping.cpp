#include "app/housekeeping.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "ops/logging.hpp"
#include "window/prompts.hpp"

namespace lango::app {

namespace {

using namespace std::chrono_literals;

constexpr Duration every = 1h;
constexpr int runs_a_day = 24;  // it masks in the first of them

}  // namespace

// Owned by shared_ptr because the spawned loop holds it; stop() waits for its end.
struct Housekeeping::Impl : std::enable_shared_from_this<Housekeeping::Impl> {
    Impl(Parts p, privacy::JobOptions o)
        : parts(std::move(p)), options(o), timer(parts.clock.timer()), idle(parts.clock.timer()) {}

    Parts parts;
    privacy::JobOptions options;
    std::unique_ptr<Timer> timer;
    std::unique_ptr<Timer> idle;
    bool stopping = false;
    bool looping = false;
    int runs = 0;

    asio::awaitable<void> loop() {
        while (!stopping) {
            timer->expires_at(parts.clock.now() + every);
            if (!co_await timer->wait() || stopping) continue;
            co_await run();
        }
        looping = false;
        idle->cancel();
    }

    asio::awaitable<void> run() {
        try {
            co_await keep_uses();
            co_await parts.store.write([now = parts.clock.now()](store::Tx& tx) {
                return window::forget_prompts(tx, now);
            });
            if (options.mask_after > Duration::zero() && !stopping && runs++ % runs_a_day == 0) {
                co_await mask();
            }
        } catch (const std::exception& error) {
            log::error("housekeeping", "a run ended early; the next one goes on",
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
        const auto masked = co_await privacy::mask_old(parts.store, parts.master, parts.clock,
                                                       before, [this] { return stopping; });
        log::info("privacy", "payments that have been over for long were masked",
                  {{"masked", masked}});
    }
};

Housekeeping::Housekeeping(Parts parts, privacy::JobOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Housekeeping::~Housekeeping() {
    impl_->stopping = true;
    impl_->timer->cancel();
}

void Housekeeping::start() {
    impl_->looping = true;
    asio::co_spawn(
        impl_->parts.executor,
        [](std::shared_ptr<Impl> self) -> asio::awaitable<void> { co_await self->loop(); }(impl_),
        asio::detached);
}

asio::awaitable<void> Housekeeping::stop() {
    auto self = impl_;
    self->stopping = true;
    self->timer->cancel();
    while (self->looping) {
        self->idle->expires_at(self->parts.clock.now() + 1min);
        static_cast<void>(co_await self->idle->wait());
    }
    // What was used since the last run; all others are still to be stopped, with a store or
    // without.
    co_await self->run();
}

}  // namespace lango::app
