#include "deposits/worker.hpp"

namespace lango::deposits {

namespace {

std::string text_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown";
    }
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
    ObserveOutcome outcome;
    std::exception_ptr went_wrong;
    try {
        outcome = co_await parts_.store.write(
            [id, now, seen, also = std::move(also), context = context(now)](store::Tx& tx) {
                auto observed = deposits::observe(tx, id, *seen, context, now);
                if (also) also(tx, name(observed.what));
                return observed;
            });
    } catch (const store::Unavailable&) {
        throw;
    } catch (const store::Broken&) {
        throw;
    } catch (...) {
        went_wrong = std::current_exception();
    }
    if (went_wrong) {
        co_await keep_unapplied(id, *seen, now, went_wrong);
        std::rethrow_exception(went_wrong);
    }
    const auto what = finish(seen->source, hex16(id.value()), std::move(outcome));
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

asio::awaitable<void> Observer::keep_unapplied(DepositId id, const rails::Observation& seen,
                                               Instant now, const std::exception_ptr& why) {
    co_await parts_.store.write(
        [id, now, source = seen.source, raw = seen.raw, why = text_of(why)](store::Tx& tx) {
            deposits::keep_unapplied(tx, id, source, raw, why, now);
        });
}

}  // namespace lango::deposits
