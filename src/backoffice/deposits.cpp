#include <algorithm>
#include <charconv>
#include <optional>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/refund_text.hpp"
#include "backoffice/story_text.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "base/result.hpp"
#include "base/typed.hpp"
#include "deposits/deposit.hpp"
#include "postbacks/readable.hpp"
#include "rails/receipt.hpp"
#include "window/reasons.hpp"

namespace lango::backoffice {

namespace {

std::string not_booked(deposits::Observed observed) {
    if (observed == deposits::Observed::receipt_used) {
        return "Nothing was booked: that receipt stands with another payment.";
    }
    return "Nothing was booked: " + std::string{deposits::name(observed)} + ".";
}

}  // namespace

Answer settle_deposit(SharedParts parts, Call call) {
    auto order_id = call.path.at(0);
    const auto id = typed::id(order_id);
    const auto receipt = rails::typed_receipt(call.text("receipt"));
    if (!id) co_return api::fail(400, "An order has 16 hex digits.");
    if (!receipt) {
        co_return api::fail(400, rails::receipt_form);
    }
    const auto deposit = co_await parts->store.read(
        [id = DepositId{*id}](store::Reader& reader) { return deposits::find(reader, id); });
    if (!deposit) co_return api::fail(200, "There is no such order.");
    // Another receipt for it is another payment's, or money that came twice: the rail tells that.
    if (deposit->state == deposits::State::paid) {
        co_return api::fail(200,
                            "That order is paid already, by receipt " + deposit->receipt + ".");
    }
    store::Also trail = [who = call.actor.name, now = parts->clock.now(), order_id, receipt](
                            store::Tx& tx, std::string_view outcome) {
        people::record(tx, now, who, "deposit settle", order_id,
                       *receipt + ": " + std::string{outcome});
    };
    const auto observed =
        co_await parts->settle(deposit->id,
                               {.source = rails::Source::person,
                                .fate = rails::Fate::paid,
                                .code = "0",
                                .description = {},
                                .checkout_request_id = {},
                                .merchant_request_id = {},
                                .receipt = receipt,
                                .amount = deposit->amount,
                                .raw = "settled by hand by " + call.actor.name + ": " + *receipt},
                               std::move(trail));
    if (observed != deposits::Observed::paid && observed != deposits::Observed::paid_late) {
        co_return refuse(Refusal::refused, not_booked(observed), deposits::name(observed));
    }
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", deposits::name(observed))
        .end_object();
    co_return api::ok(std::move(out));
}

namespace {

// Of the merchant whose deposit it is; nobody's where the row names none that is known.
struct Whose {
    std::string slug;
    std::string zone = "UTC";
};
Whose whose(store::Reader& reader, MerchantId merchant) {
    return reader
        .first(
            "SELECT slug, time_zone FROM merchants WHERE id = ?1",
            [](const store::Row& row) {
                return Whose{.slug = row.string(0),
                             .zone = known_zone(row.string(1)) ? row.string(1) : "UTC"};
            },
            merchant)
        .value_or(Whose{});
}

// In words, of a payment that the rail refused.
std::string_view result_text(const deposits::Deposit& deposit) {
    const auto& code = deposit.result_code;
    if (code.empty() || !window::has_reason(code)) return {};
    return window::reason(window::Language::en, code).sentence;
}

void write_deposit(json::Writer& writer, const deposits::Deposit& deposit,
                   const deposits::Event& last, const Whose& whose) {
    writer.begin_object()
        .member("order_id", hex16(deposit.id.value()))
        .member("custom_transaction_id", deposit.custom_transaction_id)
        .member("state", deposits::name(deposit.state))
        .member("amount_minor", deposit.amount.minor())
        .member("phone", deposit.phone.masked())
        .member("receipt", deposit.receipt)
        .member("result_code", deposit.result_code)
        .member("last_event", deposits::name(last.kind))
        .member("detail", last.detail)
        .member("created_at", format_rfc3339(deposit.created_at))
        .member("merchant", whose.slug)
        .member("label", deposit.label)
        .member("result_text", result_text(deposit))
        .member("time_zone", whose.zone)
        .key("needs_review")
        .boolean(deposit.has(deposits::Flag::attention))
        .end_object();
}

}  // namespace

namespace {

void write_story(json::Writer& writer, store::Reader& reader, const deposits::Deposit& deposit) {
    const auto events = deposits::events(reader, deposit.id);
    const auto of = whose(reader, deposit.merchant);
    writer.begin_object().member("status", "ok").key("deposit");
    LANGO_REQUIRE(!events.empty());
    write_deposit(writer, deposit, events.back(), of);
    writer.key("events").begin_array();
    for (const auto& event : events) {
        write_time(writer.begin_object(), event.at, of.zone)
            .member("event", deposits::name(event.kind))
            .member("state", deposits::name(event.state))
            .member("detail", event.detail)
            .end_object();
    }
    writer.end_array().key("rail_messages").begin_array();
    for (const auto& message : deposits::rail_messages(reader, deposit.id)) {
        write_time(writer.begin_object(), message.at, of.zone)
            .member("kind", deposits::name(message.kind))
            .member("body", postbacks::readable(redact(message.body)))
            .end_object();
    }
    writer.end_array();
    const auto refunds = refunds::of_deposit(reader, deposit.id);
    writer.member("refunded_minor", refunds::paid_back(refunds, deposit.receipt).minor())
        .key("refunds")
        .begin_array();
    for (const auto& refund : refunds) {
        writer.begin_object();
        write_refund(writer, refund);
        writer.end_object();
    }
    writer.end_array();
    if (const auto told = postbacks::told(reader, deposit.id.value())) {
        writer.key("postback");
        write_told(writer, *told, of.zone);
    }
    write_ledger(writer.key("ledger"), reader, deposit.id.value());
    writer.end_object();
}

}  // namespace

Answer show_deposit(SharedParts parts, Call call) {
    auto order_id = call.path.at(0);
    const auto id = typed::id(order_id);
    if (!id) co_return api::fail(400, "An order has 16 hex digits.");
    auto out = co_await parts->store.read([id = DepositId{*id}](store::Reader& reader) {
        std::string body;
        const auto deposit = deposits::find(reader, id);
        if (!deposit) return body;
        json::Writer writer{body};
        write_story(writer, reader, *deposit);
        return body;
    });
    if (out.empty()) co_return api::fail(200, "There is no such order.");
    co_return api::ok(std::move(out));
}

Answer deposits_for_a_person(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
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
            const auto events = deposits::events(reader, deposit.id);
            if (events.empty()) continue;  // told by `deposit show` and by the laws
            write_deposit(writer, deposit, events.back(), whose(reader, deposit.merchant));
        }
        writer.end_array().end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer attend_deposit(SharedParts parts, Call call) {
    auto order_id = call.path.at(0);
    const auto id = typed::id(order_id);
    if (!id) co_return api::fail(400, "An order has 16 hex digits.");
    enum class Found { nothing, unflagged, flagged };
    const auto found = co_await parts->store.write(
        [id = DepositId{*id}, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            auto deposit = deposits::find(tx, id);
            if (!deposit) return Found::nothing;
            if (!deposits::attended(tx, *deposit, now, who)) return Found::unflagged;
            people::record(tx, now, who, "deposit looked after", hex16(id.value()), "");
            return Found::flagged;
        });
    if (found == Found::nothing) co_return api::fail(200, "There is no such order.");
    if (found == Found::unflagged) co_return api::fail(200, "That order waits for nobody.");
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
