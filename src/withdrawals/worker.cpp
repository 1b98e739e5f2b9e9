#include "withdrawals/worker.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "withdrawals/cover.hpp"
#include "withdrawals/take.hpp"

namespace lango::withdrawals {

namespace {

Instant sooner(Instant a, std::optional<Instant> b) { return b ? std::min(a, *b) : a; }

}  // namespace

// Owned by shared_ptr because what is spawned holds it; stop() waits for all of it.
struct Worker::Impl : std::enable_shared_from_this<Worker::Impl> {
    Impl(Parts p, WorkerOptions o)
        : parts(std::move(p)), options(o), timer(parts.clock.timer()), idle(parts.clock.timer()) {}

    Parts parts;
    WorkerOptions options;
    std::unique_ptr<Timer> timer;  // the loop's sleep
    std::unique_ptr<Timer> idle;   // stop()'s wait
    bool stopping = false;
    bool woken = false;
    bool starved = false;  // more was due than there was room for
    bool looping = false;
    Instant sleeps_to{};  // when the loop looks again by itself; no end: it is looking
    Instant latest{};     // that it has looked at
    std::size_t payouts = 0;
    std::size_t questions = 0;

    static constexpr Duration longest_sleep = std::chrono::minutes{1};
    static constexpr std::size_t tests_at_once = 100;

    void wake() {
        woken = true;
        timer->cancel();
    }

    void task_ended() {
        if (starved || stopping) wake();
        if (stopping) idle->cancel();
    }

    asio::awaitable<void> loop() {
        looping = true;
        co_await end_earlier_run();
        while (!stopping) {
            woken = false;
            starved = false;
            sleeps_to = Instant::max();
            const auto next = co_await step();
            if (stopping || woken) continue;
            sleeps_to = next;
            timer->expires_at(next);
            static_cast<void>(co_await timer->wait());
        }
        looping = false;
        idle->cancel();
    }

    asio::awaitable<void> end_earlier_run() {
        const auto now = parts.clock.now();
        std::string error;
        try {
            co_await parts.store.write([timing = options.timing, now](store::Tx& tx) {
                withdrawals::end_earlier_run(tx, timing, now);
            });
        } catch (const std::exception& broken) {
            // It only takes longer then.
            error = broken.what();
        }
        if (!error.empty()) parts.trouble("start", error);
    }

    // Takes and starts what is due; returns when to look again.
    asio::awaitable<Instant> step() {
        const auto now = parts.clock.now();
        auto next = now + longest_sleep;
        std::string error;
        try {
            if (now < latest) co_await mind_the_clock(now);
            latest = now;
            co_await finish_tests(now);
            co_await cover_waiting(now);
            next = sooner(next, co_await start_payouts(now));
            next = sooner(next, co_await start_questions(now));
        } catch (const std::exception& broken) {
            error = broken.what();
        }
        if (!error.empty()) {
            parts.trouble("take", error);
            next = now + std::chrono::seconds{1};
        }
        co_return next;
    }

    // It has gone back: nothing stays due where it was put when it was ahead.
    asio::awaitable<void> mind_the_clock(Instant now) {
        co_await parts.store.write(
            [timing = options.timing, now](store::Tx& tx) { bound_due_times(tx, timing, now); });
    }

    // The rail has a payout: it is asked about after a while, which may be before the loop would
    // look.
    void ask_later() {
        const auto now = parts.clock.now();
        if (now + options.timing.ask_after < std::min(sleeps_to, now + longest_sleep)) wake();
    }

    // One bad row stops nobody else's.
    asio::awaitable<void> set_aside_if_broken(WithdrawalId id, asio::awaitable<Settled> work) {
        std::string why;
        try {
            static_cast<void>(co_await std::move(work));
        } catch (const store::Unavailable&) {
            throw;
        } catch (const store::Broken&) {
            throw;
        } catch (const std::exception& broken) {
            why = broken.what();
        }
        if (why.empty()) co_return;
        const auto now = parts.clock.now();
        co_await parts.store.write([&](store::Tx& tx) { set_aside(tx, id, why, now); });
        tell_set_aside({{.withdrawal = id, .why = why}});
    }

    void tell_set_aside(const std::vector<SetAside>& rows) {
        if (!rows.empty()) woken = true;  // others may be due behind them
        for (const auto& row : rows) {
            parts.trouble("set aside", hex16(row.withdrawal.value()) + ": " + row.why);
        }
    }

    asio::awaitable<void> finish_tests(Instant now) {
        const auto due = co_await parts.store.write(
            [now](store::Tx& tx) { return due_tests(tx, tests_at_once, now); });
        for (const auto id : due) co_await set_aside_if_broken(id, parts.settler.finish_test(id));
        if (due.size() == tests_at_once) woken = true;
    }

    asio::awaitable<void> cover_waiting(Instant now) {
        const auto due = co_await parts.store.write(
            [now](store::Tx& tx) { return due_for_cover(tx, tests_at_once, now); });
        for (const auto id : due) co_await set_aside_if_broken(id, parts.settler.cover(id));
        if (due.size() == tests_at_once) woken = true;
    }

    [[nodiscard]] bool is_stopped() const { return parts.stopped && parts.stopped(); }

    asio::awaitable<std::optional<Instant>> start_payouts(Instant now) {
        const auto room =
            options.payouts_in_flight_max - std::min(payouts, options.payouts_in_flight_max);
        if (room == 0) {
            starved = true;  // a payout that ends wakes the loop
            co_return std::nullopt;
        }
        const auto allowance = parts.rail.payout_allowance(now);
        if (allowance.pushes == 0) co_return allowance.retry_at;
        const auto limit = is_stopped() ? 0 : std::min(room, allowance.pushes);
        auto taken = co_await parts.store.write(
            [limit, timing = options.timing, now, rail = &parts.rail](store::Tx& tx) {
                return take_payouts(tx, *rail, limit, timing, now);
            });
        tell_set_aside(taken.set_aside);
        parts.rail.spend_payouts(taken.payouts.size());
        if (parts.halt_seen) parts.halt_seen(taken.halt);
        for (const auto& payout : taken.payouts) {
            ++payouts;
            asio::co_spawn(parts.executor, pay_one(shared_from_this(), payout), asio::detached);
        }
        if (taken.next_due && *taken.next_due <= now) {
            starved = true;
            const auto later = parts.rail.payout_allowance(now);
            co_return later.pushes == 0 ? std::optional{later.retry_at} : std::nullopt;
        }
        co_return taken.next_due;
    }

    static asio::awaitable<void> pay_one(std::shared_ptr<Impl> self, rails::Payout payout) {
        std::string error;
        try {
            auto answer = co_await self->parts.rail.pay(payout);
            const bool goes_again = answer.outcome == rails::Submitted::not_submitted;
            static_cast<void>(
                co_await self->parts.settler.record_sent(payout.withdrawal, std::move(answer)));
            if (goes_again)
                self->wake();  // sooner than the loop would look
            else
                self->ask_later();
        } catch (const std::exception& broken) {
            // The row says sending: it becomes unknown when its time is over.
            error = broken.what();
        }
        if (!error.empty()) self->parts.trouble("pay", error);
        --self->payouts;
        self->task_ended();
    }

    asio::awaitable<std::optional<Instant>> start_questions(Instant now) {
        const auto room =
            options.questions_in_flight_max - std::min(questions, options.questions_in_flight_max);
        if (room == 0) {
            starved = true;
            co_return std::nullopt;
        }
        auto taken = co_await parts.store.write(
            [room, timing = options.timing, now, route = parts.rail.route()](store::Tx& tx) {
                return take_questions(tx, route, room, timing, now);
            });
        tell_set_aside(taken.set_aside);
        if (parts.questions_halt_seen) parts.questions_halt_seen(taken.halt);
        for (auto& question : taken.questions) {
            ++questions;
            asio::co_spawn(parts.executor, ask_one(shared_from_this(), std::move(question)),
                           asio::detached);
        }
        if (taken.next_due && *taken.next_due <= now) {
            starved = true;
            co_return std::nullopt;
        }
        co_return taken.next_due;
    }

    static asio::awaitable<void> ask_one(std::shared_ptr<Impl> self,
                                         rails::PayoutQuestion question) {
        std::string error;
        try {
            static_cast<void>(co_await self->parts.rail.ask(std::move(question)));
        } catch (const std::exception& broken) {
            error = broken.what();
        }
        if (!error.empty()) self->parts.trouble("ask", error);
        --self->questions;
        self->task_ended();
    }
};

asio::awaitable<runs::Tried> Worker::try_alone() {
    auto self = impl_;
    if (self->stopping) co_return runs::Tried::waiting;
    auto& rail = self->parts.rail;
    const auto now = self->parts.clock.now();
    const bool may_pay = !self->is_stopped() && rail.payout_allowance(now).pushes > 0;
    auto taken = co_await self->parts.store.write(
        [may_pay, timing = self->options.timing, now, with = &rail](store::Tx& tx) {
            return take_alone(tx, *with, may_pay, timing, now);
        });
    self->tell_set_aside(taken.set_aside);
    if (!taken.payout && !taken.question) co_return runs::Tried::waiting;
    if (taken.payout) {
        rail.spend_payouts(1);
        ++self->payouts;
        co_await Impl::pay_one(self, std::move(*taken.payout));
    } else {
        ++self->questions;
        co_await Impl::ask_one(self, std::move(*taken.question));
    }
    co_return runs::Tried::one;
}

Worker::Worker(Parts parts, WorkerOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Worker::~Worker() = default;

void Worker::start() {
    asio::co_spawn(
        impl_->parts.executor,
        [](std::shared_ptr<Impl> self) -> asio::awaitable<void> { co_await self->loop(); }(impl_),
        asio::detached);
}

void Worker::wake() { impl_->wake(); }

asio::awaitable<void> Worker::stop() {
    auto self = impl_;
    self->stopping = true;
    self->wake();
    while (self->looping || self->payouts > 0 || self->questions > 0) {
        self->idle->expires_at(self->parts.clock.now() + std::chrono::minutes{1});
        static_cast<void>(co_await self->idle->wait());
    }
}

}  // namespace lango::withdrawals
