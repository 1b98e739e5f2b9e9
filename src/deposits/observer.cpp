#include "deposits/worker.hpp"
#include "store/try_write.hpp"

namespace lango::deposits {

namespace {

unreadable::Door door_of(rails::Source source) {
    if (source == rails::Source::confirmation) return unreadable::Door::confirmation;
    const bool is_told = source == rails::Source::callback;
    return is_told ? unreadable::Door::callback : unreadable::Door::list;
}

}  // namespace

ObserveContext Observer::context(Instant now) {
    return {.merchants = &parts_.merchants,
            .rates = parts_.rates(),
            .fresh_id = parts_.ids.next(now),
            .shortcode = parts_.shortcode,
            .timing = options_.timing,
            .postback_lease = options_.postback_lease,
            .confirm_above = options_.confirm_above};
}

Observed Observer::finish(rails::Source source, std::string_view about, ObserveOutcome outcome) {
    if (outcome.postback) parts_.hand_over(std::move(*outcome.postback));
    const bool to_ask =
        outcome.what == Observed::must_verify || outcome.what == Observed::other_push_paid;
    if (to_ask && parts_.wake_worker) parts_.wake_worker();
    const bool claimed =
        outcome.what == Observed::claimed_again || outcome.what == Observed::other_push_paid;
    if (claimed && parts_.wake_sweep) parts_.wake_sweep();
    if (parts_.noticed) parts_.noticed(source, outcome.what, about);
    return outcome.what;
}

asio::awaitable<Observed> Observer::observe(DepositId id, rails::Observation observation,
                                            store::Also also) {
    const auto now = parts_.clock.now();
    const auto seen = std::make_shared<const rails::Observation>(std::move(observation));
    auto outcome = co_await store::try_write(parts_.store, [id, now, seen, also = std::move(also),
                                                            context = context(now)](store::Tx& tx) {
        auto observed = deposits::observe(tx, id, *seen, context, now);
        if (also) also(tx, name(observed.what));
        return observed;
    });
    if (!outcome) {
        co_await keep_unapplied(id, seen, now, store::text_of(outcome.error()));
        std::rethrow_exception(outcome.error());
    }
    const auto what = finish(seen->source, hex16(id.value()), *std::move(outcome));
    if (what == Observed::failed && seen->alert && parts_.alert)
        parts_.alert("payment", seen->code);
    co_return what;
}

asio::awaitable<void> Observer::keep_unreadable(unreadable::Message message) {
    const auto now = parts_.clock.now();
    static_cast<void>(
        co_await parts_.store.write([message = std::move(message), now](store::Tx& tx) {
            return unreadable::keep(tx, message, now);
        }));
}

asio::awaitable<void> Observer::keep_unapplied(DepositId id,
                                               std::shared_ptr<const rails::Observation> seen,
                                               Instant now, std::string why) {
    const auto kept = co_await store::try_write(parts_.store, [id, now, seen, why](store::Tx& tx) {
        deposits::keep_unapplied(tx, id, seen->source, seen->raw, why, now);
        return true;
    });
    if (kept) co_return;
    // The row itself cannot be read.
    co_await keep_unreadable({.door = door_of(seen->source),
                              .subject = hex16(id.value()),
                              .why = std::move(why),
                              .body = seen->raw});
}

}  // namespace lango::deposits
