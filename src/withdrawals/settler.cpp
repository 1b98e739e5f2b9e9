#include "withdrawals/record_sent.hpp"
#include "withdrawals/worker.hpp"

namespace lango::withdrawals {

SettleContext Settler::context(Instant now) {
    return {.merchants = &parts_.merchants,
            .rates = parts_.rates(),
            .fresh_id = parts_.ids.next(now),
            .shortcode = parts_.rail.payout_shortcode(),
            .knows_repeats = parts_.rail.knows_repeats(),
            .timing = options_.timing,
            .postback_lease = options_.postback_lease};
}

Settled Settler::tell(SettleOutcome outcome) {
    if (outcome.postback) parts_.hand_over(std::move(*outcome.postback));
    if (outcome.what == Settled::sent_again && parts_.wake_worker) parts_.wake_worker();
    if (parts_.noticed) parts_.noticed(outcome.what);
    return outcome.what;
}

asio::awaitable<Settled> Settler::settle(WithdrawalId id, rails::PayoutSeen seen) {
    const auto now = parts_.clock.now();
    co_return tell(co_await parts_.store.write(
        [id, now, seen = std::move(seen), context = context(now)](store::Tx& tx) {
            return withdrawals::settle(tx, id, seen, context, now);
        }));
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

}  // namespace lango::withdrawals
