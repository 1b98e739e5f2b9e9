#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "app/admin_endpoints.hpp"
#include "base/json_writer.hpp"
#include "ledger/verify.hpp"

namespace lango::app {

Answer verify(SharedParts parts) {
    const auto proofs =
        co_await parts->store.read([](store::Reader& reader) { return ledger::prove_all(reader); });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("laws").begin_array();
    for (const auto& proof : proofs) {
        writer.begin_object()
            .member("law", proof.law)
            .member("checked", static_cast<std::int64_t>(proof.checked))
            .member("what", proof.what)
            .key("findings")
            .begin_array();
        for (const auto& finding : proof.findings) writer.string(finding.text);
        writer.end_array().end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer receipts(SharedParts parts, const Request& request) {
    const auto query = http::Query::parse(request.query);
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
            "SELECT receipt, amount, CASE WHEN outcome NOT IN (3, 4) THEN 'in' "
            "WHEN receipt LIKE '%/reversed' THEN 'back' ELSE 'out' END FROM receipts "
            "WHERE receipt > ?1 ORDER BY receipt LIMIT ?2",
            [&](const store::Row& row) {
                writer.begin_object()
                    .member("receipt", row.text(0))
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

Answer balances(SharedParts parts) {
    auto out = co_await parts->store.read([](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("accounts").begin_array();
        reader.each(
            "SELECT kind, owner, currency, balance, held FROM accounts ORDER BY kind, owner",
            [&](const store::Row& row) {
                writer.begin_object()
                    .member("kind", ledger::name(static_cast<ledger::AccountKind>(row.integer(0))))
                    .member("owner", row.integer(1))
                    .member("currency", row.text(2))
                    .member("balance_minor", row.integer(3))
                    .member("held_minor", row.integer(4))
                    .end_object();
            });
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

}  // namespace lango::app
