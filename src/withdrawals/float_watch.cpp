#include "withdrawals/float_watch.hpp"

#include "runtime/due_loop.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/payout_float.hpp"

namespace lango::withdrawals {

// Owned by shared_ptr because what is spawned holds it; stop() waits for it.
struct FloatWatch::Impl {
    Impl(Parts p, Duration every)
        : parts(std::move(p)),
          interval(every),
          loop(parts.clock, {.longest_sleep = runtime::DueLoop::unbounded, .retry_after = interval},
               [this](std::string_view error) { parts.trouble(error); }),
          loops({.executor = parts.executor, .clock = parts.clock}) {}

    Parts parts;
    Duration interval;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;

    asio::awaitable<bool> ask() {
        const bool may = co_await parts.store.write([](store::Tx& tx) {
            if (open_questions_halt(tx)) return false;
            const auto halted = open_halt(tx);
            return !halted || halted->lifted_at || halted->what != rails::Halts::everything;
        });
        if (!may) co_return false;
        co_return co_await parts.rail.ask_float();
    }

    asio::awaitable<Instant> step() {
        static_cast<void>(co_await ask());
        co_return parts.clock.now() + interval;
    }
};

FloatWatch::FloatWatch(Parts parts, Duration interval)
    : impl_(std::make_shared<Impl>(std::move(parts), interval)) {}

FloatWatch::~FloatWatch() = default;

void FloatWatch::start() {
    impl_->loop.start(impl_->loops, impl_, "float",
                      [self = impl_.get()](Instant) { return self->step(); });
}

asio::awaitable<bool> FloatWatch::ask() { return impl_->ask(); }

asio::awaitable<void> FloatWatch::take(rails::FloatSeen seen) {
    auto self = impl_;
    const auto now = self->parts.clock.now();
    const auto shortcode = self->parts.rail.route().shortcode;
    co_await self->parts.store.write([seen, now, shortcode](store::Tx& tx) {
        halt(tx, seen.halts,
             {.withdrawal = WithdrawalId{0},
              .sent_at = now,
              .code = seen.code,
              .description = seen.description},
             now);
        if (seen.reading) save_float(tx, shortcode, *seen.reading, now);
    });
    if (seen.reading && self->parts.noticed) self->parts.noticed(*seen.reading);
    if (seen.ours_to_mend && self->parts.refused) self->parts.refused(seen);
}

asio::awaitable<void> FloatWatch::stop() {
    auto self = impl_;
    self->loop.stop();
    co_await self->loops.join();
}

}  // namespace lango::withdrawals
