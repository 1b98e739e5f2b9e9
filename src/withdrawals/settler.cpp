#include "store/try_write.hpp"
#include "withdrawals/cover.hpp"
#include "withdrawals/record_sent.hpp"
#include "withdrawals/unapplied.hpp"
#include "withdrawals/worker.hpp"

namespace lango::withdrawals {

SettleContext Settler::context(Instant now) {
    return {.merchants = &parts_.merchants,
            .rates = parts_.rates(),
            .fresh_id = parts_.ids.next(now),
            .route = parts_.rail.route(),
            .timing = options_.timing,
            .postback_lease = options_.postback_lease};
}

Settled Settler::tell(SettleOutcome outcome) {
    if (outcome.postback) parts_.hand_over(std::move(*outcome.postback));
    const bool due_now = outcome.what == Settled::sent_again || outcome.what == Settled::claimed;
    if (due_now && parts_.wake_worker) parts_.wake_worker();
    if (parts_.noticed) parts_.noticed(outcome.what);
    return outcome.what;
}

asio::awaitable<Settled> Settler::settle(WithdrawalId id, rails::PayoutSeen seen) {
    const auto now = parts_.clock.now();
    const auto told = std::make_shared<const rails::PayoutSeen>(std::move(seen));
    auto outcome = co_await store::try_write(
        parts_.store, [id, now, told, context = context(now)](store::Tx& tx) {
            return withdrawals::settle(tx, id, *told, context, now);
        });
    if (!outcome) {
        co_await parts_.store.write(
            [id, now, told, why = store::text_of(outcome.error())](store::Tx& tx) {
                keep_unapplied(tx, id, *told, why, now);
            });
        std::rethrow_exception(outcome.error());
    }
    co_return tell(*std::move(outcome));
}

asio::awaitable<Settled> Settler::record_sent(WithdrawalId id, rails::PayoutAnswer answer) {
    const auto now = parts_.clock.now();
    co_return tell(co_await parts_.store.write(
        [id, now, answer = std::move(answer), context = context(now)](store::Tx& tx) {
            return withdrawals::record_sent(tx, id, answer, context, now);
        }));
}

asio::awaitable<Settled> Settler::finish_test(WithdrawalId id) {
    const auto now = parts_.clock.now();
    co_return tell(co_await parts_.store.write([id, now, context = context(now)](store::Tx& tx) {
        return withdrawals::finish_test(tx, id, context, now);
    }));
}

asio::awaitable<Settled> Settler::cover(WithdrawalId id) {
    const auto now = parts_.clock.now();
    co_return tell(co_await parts_.store.write([id, now, context = context(now)](store::Tx& tx) {
        return withdrawals::cover(tx, id, context, now);
    }));
}

asio::awaitable<Decision> Settler::approve(WithdrawalId id, std::string who, std::string seen,
                                           store::Also also) {
    const auto now = parts_.clock.now();
    auto decision = co_await parts_.store.write([id, who = std::move(who), seen = std::move(seen),
                                                 now, also = std::move(also),
                                                 merchants = &parts_.merchants](store::Tx& tx) {
        const auto withdrawal = find(tx, id);
        const auto merchant = withdrawal ? merchants->by_id(withdrawal->merchant) : nullptr;
        const int needed = merchant ? merchant->payout_rules.needed : 1;
        auto decided = withdrawals::approve(tx, id, who, seen, needed, now);
        if (also) also(tx, name(decided.what));
        return decided;
    });
    if (decision.what == Decided::queued && parts_.wake_worker) parts_.wake_worker();
    co_return decision;
}

asio::awaitable<Decision> Settler::reject(WithdrawalId id, std::string who, std::string reason,
                                          store::Also also) {
    const auto now = parts_.clock.now();
    auto decision = co_await parts_.store.write([id, who = std::move(who),
                                                 reason = std::move(reason), also = std::move(also),
                                                 now, context = context(now)](store::Tx& tx) {
        auto decided = withdrawals::reject(tx, id, who, reason, context, now);
        if (also) also(tx, name(decided.what));
        return decided;
    });
    if (decision.what == Decided::rejected) {
        static_cast<void>(
            tell({.what = Settled::failed, .postback = std::move(decision.postback)}));
        decision.postback.reset();
    }
    co_return decision;
}

asio::awaitable<Judgement> Settler::judge(WithdrawalId id, Verdict verdict, store::Also also) {
    const auto now = parts_.clock.now();
    auto judgement =
        co_await parts_.store.write([id, now, verdict = std::move(verdict), also = std::move(also),
                                     context = context(now)](store::Tx& tx) {
            auto judged = withdrawals::judge(tx, id, verdict, context, now);
            if (also) also(tx, name(judged.what));
            return judged;
        });
    if (judgement.what == Judged::settled) {
        const auto settled = judgement.outcome.what;
        static_cast<void>(tell(std::move(judgement.outcome)));
        judgement.outcome = {.what = settled, .postback = {}};
    }
    co_return judgement;
}

}  // namespace lango::withdrawals
