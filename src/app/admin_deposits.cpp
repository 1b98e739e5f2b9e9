#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "app/admin_endpoints.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "deposits/deposit.hpp"

namespace lango::app {

Answer settle_deposit(SharedParts parts, const Request& request, std::string order_id) {
    const auto id = parse_hex16(order_id);
    const auto body = json::parse(request.body);
    const auto receipt = body ? body->text_at("receipt") : std::string{};
    if (!id || receipt.empty())
        co_return api::fail(400, "Send {\"receipt\":\"...\"} for an order.");
    const auto deposit = co_await parts->store.read(
        [id = DepositId{*id}](store::Reader& reader) { return deposits::find(reader, id); });
    if (!deposit) co_return api::fail(200, "There is no such order.");
    const auto observed =
        co_await parts->settle(deposit->id, {.source = rails::Source::person,
                                             .fate = rails::Fate::paid,
                                             .code = "0",
                                             .description = {},
                                             .checkout_request_id = {},
                                             .merchant_request_id = {},
                                             .receipt = receipt,
                                             .amount = deposit->amount,
                                             .raw = "settled by hand: " + receipt});
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", deposits::name(observed))
        .end_object();
    co_return api::ok(std::move(out));
}

namespace {

void write_deposit(json::Writer& writer, const deposits::Deposit& deposit,
                   const deposits::Event& last) {
    writer.begin_object()
        .member("order_id", hex16(deposit.id.value()))
        .member("custom_transaction_id", deposit.custom_transaction_id)
        .member("state", deposits::name(deposit.state))
        .member("amount_minor", deposit.amount.minor())
        .member("receipt", deposit.receipt)
        .member("result_code", deposit.result_code)
        .member("last_event", deposits::name(last.kind))
        .member("detail", last.detail)
        .member("created_at", format_rfc3339(deposit.created_at))
        .end_object();
}

}  // namespace

Answer deposits_for_a_person(SharedParts parts, const Request& request) {
    const auto query = http::Query::parse(request.query);
    std::size_t limit = 100;
    const auto asked = query.find("limit").value_or("");
    std::from_chars(asked.data(), asked.data() + asked.size(), limit);
    limit = std::clamp<std::size_t>(limit, 1, 1000);
    auto out = co_await parts->store.read([limit](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object()
            .member("status", "ok")
            .member("count", deposits::count_attention(reader))
            .key("deposits")
            .begin_array();
        for (const auto& deposit : deposits::list_attention(reader, limit)) {
            write_deposit(writer, deposit, deposits::events(reader, deposit.id).back());
        }
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer attend_deposit(SharedParts parts, std::string order_id) {
    const auto id = parse_hex16(order_id);
    if (!id) co_return api::fail(400, "An order has 16 hex digits.");
    enum class Found { nothing, unflagged, flagged };
    const auto found =
        co_await parts->store.write([id = DepositId{*id}, now = parts->clock.now()](store::Tx& tx) {
            auto deposit = deposits::find(tx, id);
            if (!deposit) return Found::nothing;
            return deposits::attended(tx, *deposit, now, operator_name) ? Found::flagged
                                                                        : Found::unflagged;
        });
    if (found == Found::nothing) co_return api::fail(200, "There is no such order.");
    if (found == Found::unflagged) co_return api::fail(200, "That order waits for nobody.");
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::app
