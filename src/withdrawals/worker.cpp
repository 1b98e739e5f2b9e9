#include "withdrawals/worker.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "runtime/due_loop.hpp"
#include "store/try_write.hpp"
#include "withdrawals/cover.hpp"

namespace lango::withdrawals {

namespace {

Instant sooner(Instant a, std::optional<Instant> b) { return b ? std::min(a, *b) : a; }

}  // namespace

// Owned by shared_ptr because what it runs holds it; stop() waits for all of it.
struct Worker::Impl : std::enable_shared_from_this<Worker::Impl> {
    Impl(Parts p, WorkerOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock, {}, [this](std::string_view error) { parts.trouble("take", error); }),
          loops(group_parts()),
          payouts(group_parts()),
          questions(group_parts()) {}

    Parts parts;
    WorkerOptions options;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;  // the one above
    runtime::TaskGroup payouts;
    runtime::TaskGroup questions;
    bool starved = false;  // more was due than there was room for
    bool begun = false;    // what an earlier run left is ended
    Instant latest{};      // that it has looked at

    static constexpr Duration longest_sleep = std::chrono::minutes{1};
    static constexpr std::size_t tests_at_once = 100;

    // A row that says sending becomes unknown when its time is over.
    runtime::TaskGroup::Parts group_parts() {
        return {.executor = parts.executor,
                .clock = parts.clock,
                .escaped = [this](std::string_view task,
                                  std::string_view error) { parts.trouble(task, error); },
                .ended =
                    [this] {
                        if (starved) loop.wake();
                    }};
    }

    asio::awaitable<void> end_earlier_run(Instant now) {
        co_await parts.store.write([timing = options.timing, now](store::Tx& tx) {
            withdrawals::end_earlier_run(tx, timing, now);
        });
    }

    // Takes and starts what is due; returns when to look again.
    asio::awaitable<Instant> step(Instant now) {
        starved = false;
        if (!std::exchange(begun, true)) {
            // Without it, it only takes longer.
            const auto error = co_await runtime::attempt(end_earlier_run(now));
            if (!error.empty()) parts.trouble("start", error);
        }
        auto next = now + longest_sleep;
        if (now < latest) co_await mind_the_clock(now);
        latest = now;
        co_await finish_tests(now);
        co_await cover_waiting(now);
        next = sooner(next, co_await start_payouts(now));
        next = sooner(next, co_await start_questions(now));
        co_return next;
    }

    // It has gone back: nothing stays due where it was put when it was ahead.
    asio::awaitable<void> mind_the_clock(Instant now) {
        co_await parts.store.write(
            [timing = options.timing, now](store::Tx& tx) { bound_due_times(tx, timing, now); });
    }

    // The rail has a payout: it is asked about after a while, which may be before the loop would
    // look.
    void ask_later() { loop.look_by(parts.clock.now() + options.timing.ask_after); }

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

    template <class F>
    asio::awaitable<std::invoke_result_t<F&, store::Tx&>> take(F command) {
        const auto away = [this](std::int64_t id, std::string why) -> asio::awaitable<void> {
            co_await parts.store.write([id, &why, now = parts.clock.now()](store::Tx& tx) {
                set_aside(tx, WithdrawalId{id}, why, now);
            });
            tell_set_aside({{.withdrawal = WithdrawalId{id}, .why = why}});
        };
        co_return co_await store::write_rows(parts.store, std::move(command), away);
    }

    void tell_set_aside(const std::vector<SetAside>& rows) {
        if (!rows.empty()) loop.wake();  // others may be due behind them
        for (const auto& row : rows) {
            parts.trouble("set aside", hex16(row.withdrawal.value()) + ": " + row.why);
        }
    }

    asio::awaitable<void> finish_tests(Instant now) {
        const auto due = co_await parts.store.write(
            [now](store::Tx& tx) { return due_tests(tx, tests_at_once, now); });
        for (const auto id : due) co_await set_aside_if_broken(id, parts.settler.finish_test(id));
        if (due.size() == tests_at_once) loop.wake();
    }

    asio::awaitable<void> cover_waiting(Instant now) {
        const auto due = co_await parts.store.write(
            [now](store::Tx& tx) { return due_for_cover(tx, tests_at_once, now); });
        for (const auto id : due) co_await set_aside_if_broken(id, parts.settler.cover(id));
        if (due.size() == tests_at_once) loop.wake();
    }

    [[nodiscard]] bool is_stopped() const { return parts.stopped && parts.stopped(); }

    asio::awaitable<std::optional<Instant>> start_payouts(Instant now) {
        const auto room = payouts.room(options.payouts_in_flight_max);
        if (room == 0) {
            starved = true;  // a payout that ends wakes the loop
            co_return std::nullopt;
        }
        const auto allowance = parts.rail.payout_allowance(now);
        if (allowance.pushes == 0) co_return allowance.retry_at;
        const auto limit = is_stopped() ? 0 : std::min(room, allowance.pushes);
        auto taken =
            co_await take([limit, timing = options.timing, now, with = &parts](store::Tx& tx) {
                return take_payouts(tx, with->rail, limit, timing, now, with->prove);
            });
        tell_set_aside(taken.set_aside);
        LANGO_CHECK(taken.payouts.size() <= limit, "no more is paid out than the rail allows");
        parts.rail.spend_payouts(taken.payouts.size());
        if (parts.halt_seen) parts.halt_seen(taken.halt);
        for (const auto& payout : taken.payouts) {
            payouts.spawn(shared_from_this(), "pay", pay_one(payout));
        }
        if (taken.next_due && *taken.next_due <= now) {
            starved = true;
            const auto later = parts.rail.payout_allowance(now);
            co_return later.pushes == 0 ? std::optional{later.retry_at} : std::nullopt;
        }
        co_return taken.next_due;
    }

    asio::awaitable<void> pay_one(rails::Payout payout) {
        auto answer = co_await parts.rail.pay(payout);
        const bool goes_again = answer.outcome == rails::Submitted::not_submitted;
        static_cast<void>(co_await parts.settler.record_sent(payout.withdrawal, std::move(answer)));
        if (goes_again)
            loop.wake();  // sooner than the loop would look
        else
            ask_later();
    }

    asio::awaitable<std::optional<Instant>> start_questions(Instant now) {
        const auto room = questions.room(options.questions_in_flight_max);
        if (room == 0) {
            starved = true;
            co_return std::nullopt;
        }
        auto taken = co_await take(
            [room, timing = options.timing, now, route = parts.rail.route()](store::Tx& tx) {
                return take_questions(tx, route, room, timing, now);
            });
        tell_set_aside(taken.set_aside);
        if (parts.questions_halt_seen) parts.questions_halt_seen(taken.halt);
        for (auto& question : taken.questions) {
            questions.spawn(shared_from_this(), "ask", ask_one(std::move(question)));
        }
        if (taken.next_due && *taken.next_due <= now) {
            starved = true;
            co_return std::nullopt;
        }
        co_return taken.next_due;
    }

    asio::awaitable<void> ask_one(rails::PayoutQuestion question) {
        static_cast<void>(co_await parts.rail.ask(std::move(question)));
    }
};

asio::awaitable<runs::Tried> Worker::try_alone() {
    auto self = impl_;
    if (self->loop.is_stopping()) co_return runs::Tried::waiting;
    auto& rail = self->parts.rail;
    const auto now = self->parts.clock.now();
    const bool may_pay = !self->is_stopped() && rail.payout_allowance(now).pushes > 0;
    auto taken = co_await self->take(
        [may_pay, timing = self->options.timing, now, with = &self->parts](store::Tx& tx) {
            return take_alone(tx, with->rail, may_pay, timing, now, with->prove);
        });
    self->tell_set_aside(taken.set_aside);
    if (!taken.payout && !taken.question) co_return runs::Tried::waiting;
    if (taken.payout) {
        rail.spend_payouts(1);
        co_await self->payouts.run(self, "pay", self->pay_one(std::move(*taken.payout)));
    } else {
        co_await self->questions.run(self, "ask", self->ask_one(std::move(*taken.question)));
    }
    co_return runs::Tried::one;
}

Worker::Worker(Parts parts, WorkerOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Worker::~Worker() = default;

void Worker::start() {
    impl_->loop.start(impl_->loops, impl_, "loop",
                      [self = impl_.get()](Instant at) { return self->step(at); });
}

void Worker::wake() { impl_->loop.wake(); }

asio::awaitable<void> Worker::stop() {
    auto self = impl_;
    self->loop.stop();
    for (auto* group : {&self->loops, &self->payouts, &self->questions}) co_await group->join();
}

}  // namespace lango::withdrawals
