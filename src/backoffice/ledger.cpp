#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "laws/breaches.hpp"
#include "store/words.hpp"

namespace lango::backoffice {

namespace {

void write_texts(json::Writer& writer, std::string_view name,
                 const std::vector<std::string>& texts) {
    writer.key(name).begin_array();
    for (const auto& text : texts) writer.string(text);
    writer.end_array();
}

void write_findings(json::Writer& writer, std::string_view name,
                    const std::vector<ledger::Finding>& findings) {
    writer.key(name).begin_array();
    for (const auto& finding : findings) writer.string(finding.text);
    writer.end_array();
}

}  // namespace

Answer verify(SharedParts parts, Call call) {
    const auto result = co_await parts->audit->prove_now();
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .member("payments", result.payments)
        .member("postings", result.postings)
        .member("merchants", result.merchants)
        .member("took_ms", result.busy / std::chrono::milliseconds{1});
    write_texts(writer, "damage", result.damage);
    writer.key("laws").begin_array();
    for (const auto& proof : result.proofs) {
        writer.begin_object()
            .member("law", proof.law)
            .member("checked", static_cast<std::int64_t>(proof.checked))
            .member("what", proof.what);
        write_findings(writer, "findings", proof.findings);
        write_findings(writer, "before_rule", proof.before_rule);
        writer.end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer last_verified(SharedParts parts, Call call) {
    const auto last =
        co_await parts->store.write([](store::Tx& tx) { return laws::last_audit(tx); });
    const auto found = co_await parts->audit->breaches();
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok");
    if (last) {
        writer.member("began_at", format_rfc3339(last->began_at))
            .member("ended_at", format_rfc3339(last->ended_at))
            .member("payments", last->payments)
            .member("broken", last->broken);
    }
    writer.member("seen", laws::code_of(found)).key("breaches").begin_array();
    for (const auto& breach : found) {
        writer.begin_object()
            .member("law", breach.law)
            .member("said", breach.said)
            .key("of_money")
            .boolean(breach.of_money)
            .member("found_at", format_rfc3339(breach.found_at))
            .member("known_by", breach.known_by)
            .end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer acknowledge_breaches(SharedParts parts, Call call) {
    const auto acknowledged =
        co_await parts->audit->acknowledge(call.actor.name, call.text("seen"));
    if (!acknowledged) {
        co_return refuse(Refusal::refused, "It is not what you saw: look at it again.");
    }
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("acknowledged", *acknowledged)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer receipts(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const std::string after{query.find("after").value_or("")};
    std::int64_t limit = 1000;
    const auto asked = query.find("limit").value_or("");
    std::from_chars(asked.data(), asked.data() + asked.size(), limit);
    limit = std::clamp<std::int64_t>(limit, 1, 10'000);
    auto out = co_await parts->store.read([after, limit](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("receipts").begin_array();
        reader.each(
            "SELECT r.receipt, r.amount, CASE WHEN r.outcome NOT IN (" LANGO_BOOKED_OUT
            ") THEN 'in' WHEN r.receipt LIKE '%/reversed' THEN 'back' ELSE 'out' END, "
            "COALESCE(o.reads, r.receipt) FROM receipts r LEFT JOIN odd_receipts o "
            "ON o.receipt = r.receipt WHERE r.receipt > ?1 ORDER BY r.receipt LIMIT ?2",
            [&](const store::Row& row) {
                writer.begin_object()
                    .member("receipt", row.text(0))
                    .member("reads", row.text(3))
                    .member("amount_minor", row.integer(1))
                    .member("direction", row.text(2))
                    .end_object();
            },
            after, limit);
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer balances(SharedParts parts, Call call) {
    auto out = co_await parts->store.read([whose = call.actor.merchant](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("accounts").begin_array();
        reader.each(
            "SELECT a.kind, a.owner, a.currency, a.balance, a.held, m.slug, m.name "
            "FROM accounts a LEFT JOIN merchants m ON a.kind IN (" LANGO_ACCOUNT_MERCHANT
            ", " LANGO_ACCOUNT_RECEIVABLE
            ") AND m.id = a.owner WHERE (?1 IS NULL OR m.id = ?1) ORDER BY a.kind, a.owner",
            [&](const store::Row& row) {
                writer.begin_object()
                    .member("kind", ledger::name(static_cast<ledger::AccountKind>(row.integer(0))))
                    .member("owner", row.integer(1))
                    .member("currency", row.text(2))
                    .member("balance_minor", row.integer(3))
                    .member("held_minor", row.integer(4))
                    .member("merchant", row.is_null(5) ? std::string{} : row.string(5))
                    .member("name", row.is_null(6) ? std::string{} : row.string(6))
                    .end_object();
            },
            whose ? std::optional{whose->value()} : std::nullopt);
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
