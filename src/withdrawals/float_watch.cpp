#include "withdrawals/float_watch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "withdrawals/halt.hpp"
#include "withdrawals/payout_float.hpp"

namespace lango::withdrawals {

// Owned by shared_ptr because what is spawned holds it; stop() waits for it.
struct FloatWatch::Impl {
    Impl(Parts p, Duration every)
        : parts(std::move(p)),
          interval(every),
          timer(parts.clock.timer()),
          idle(parts.clock.timer()) {}

    Parts parts;
    Duration interval;
    std::unique_ptr<Timer> timer;  // the loop's sleep
    std::unique_ptr<Timer> idle;   // stop()'s wait
    bool stopping = false;
    bool looping = false;

    asio::awaitable<bool> ask() {
        const bool may = co_await parts.store.write([](store::Tx& tx) {
            if (open_questions_halt(tx)) return false;
            const auto halted = open_halt(tx);
            return !halted || halted->lifted_at || halted->what != rails::Halts::everything;
        });
        if (!may) co_return false;
        co_return co_await parts.rail.ask_float();
    }

    static asio::awaitable<void> loop(std::shared_ptr<Impl> self) {
        self->looping = true;
        while (!self->stopping) {
            std::string error;
            try {
                static_cast<void>(co_await self->ask());
            } catch (const std::exception& broken) {
                error = broken.what();
            }
            if (!error.empty()) self->parts.trouble(error);
            if (self->stopping) break;
            self->timer->expires_at(self->parts.clock.now() + self->interval);
            static_cast<void>(co_await self->timer->wait());
        }
        self->looping = false;
        self->idle->cancel();
    }
};

FloatWatch::FloatWatch(Parts parts, Duration interval)
    : impl_(std::make_shared<Impl>(std::move(parts), interval)) {}

FloatWatch::~FloatWatch() = default;

void FloatWatch::start() {
    asio::co_spawn(impl_->parts.executor, Impl::loop(impl_), asio::detached);
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
    self->stopping = true;
    self->timer->cancel();
    while (self->looping) {
        self->idle->expires_at(self->parts.clock.now() + std::chrono::minutes{1});
        static_cast<void>(co_await self->idle->wait());
    }
}

}  // namespace lango::withdrawals
