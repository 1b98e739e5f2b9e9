#include "postbacks/failed_event.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "store/words.hpp"

namespace lango::postbacks {

namespace {

std::string body_of(const FailedFacts& facts, Instant now) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("type", "payment." + std::string{facts.status})
        .member("timestamp", format_rfc3339(now))
        .key("data")
        .begin_object()
        .member("order_id", hex16(facts.id.value()))
        .member("custom_transaction_id", facts.custom_transaction_id)
        .member("label", facts.label);
    writer.key("amount").raw(facts.amount.text());
    writer.member("currency", facts.amount.currency().code())
        .member("phone_number", facts.phone.raw())
        .member("status", facts.status)
        .key("result_code");
    facts.result_code.empty() ? writer.null() : writer.string(facts.result_code);
    writer.key("final").boolean(false).end_object().end_object();
    return out;
}

}  // namespace

void tell_failed(store::Tx& tx, const FailedFacts& facts, Instant now) {
    const auto wanted = tx.first(
        "SELECT 1 FROM merchants WHERE id = ?1 AND failed_events = 1",
        [](const store::Row&) { return true; }, facts.merchant);
    if (!wanted) return;
    LANGO_CHECK(facts.id.value() > 0 && facts.amount.minor() > 0,
                "an event tells of a payment of some money");
    const auto body = body_of(facts, now);
    const auto digest = crypto::sha256(body);
    const auto written = tx.run(
        "INSERT INTO webhook_events (id, merchant_id, state, attempts, due_at, created_at, body, "
        "digest) VALUES (?1, ?2, " LANGO_POSTBACK_WAITING
        ", 0, ?3, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
        facts.id, facts.merchant, now, body, store::Blob{crypto::view(digest)});
    LANGO_CHECK(written <= 1, "a deposit's end is told by one event");
}

}  // namespace lango::postbacks
