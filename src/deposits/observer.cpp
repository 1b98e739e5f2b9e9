#include "deposits/worker.hpp"

namespace lango::deposits {

ObserveContext Observer::context(Instant now) {
    return {.merchants = &parts_.merchants,
            .rates = parts_.rates(),
            .fresh_id = parts_.ids.next(now),
            .shortcode = parts_.shortcode,
            .timing = options_.timing,
            .postback_lease = options_.postback_lease,
            .confirm_above = options_.confirm_above};
}

Observed Observer::finish(rails::Source source, ObserveOutcome outcome) {
    if (outcome.postback) parts_.hand_over(std::move(*outcome.postback));
    const bool to_ask =
        outcome.what == Observed::must_verify || outcome.what == Observed::other_push_paid;
    if (to_ask && parts_.wake_worker) parts_.wake_worker();
    if (parts_.noticed) parts_.noticed(source, outcome.what);
    return outcome.what;
}

asio::awaitable<Observed> Observer::observe(DepositId id, rails::Observation observation) {
    const auto now = parts_.clock.now();
    const auto source = observation.source;
    const auto alert = observation.alert ? observation.code : std::string{};
    auto outcome = co_await parts_.store.write(
        [id, now, seen = std::move(observation), context = context(now)](store::Tx& tx) {
            return deposits::observe(tx, id, seen, context, now);
        });
    const auto what = finish(source, std::move(outcome));
    if (what == Observed::failed && !alert.empty() && parts_.alert) parts_.alert("payment", alert);
    co_return what;
}

}  // namespace lango::deposits
