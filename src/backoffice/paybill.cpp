#include <algorithm>
#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "deposits/deposit.hpp"
#include "ledger/ledger.hpp"
#include "paybill/reference.hpp"
#include "paybill/suggest.hpp"
#include "rails/payer_phone.hpp"
#include "suspense/claims.hpp"
#include "suspense/item.hpp"

namespace lango::backoffice {

namespace {

constexpr std::int64_t claims_max = 1'000;
constexpr std::size_t suggestions_max = 10;

std::int64_t integer_of(const http::Query& query, std::string_view name, std::int64_t otherwise) {
    const auto text = query.find(name).value_or("");
    std::from_chars(text.data(), text.data() + text.size(), otherwise);
    return otherwise;
}

Response not_running() {
    return api::fail(200, "The gateway does not run: start it with lango serve.");
}

void write_item(json::Writer& writer, const suspense::Item& item) {
    const auto order = [](std::optional<DepositId> id) {
        return id ? hex16(id->value()) : std::string{};
    };
    writer.begin_object()
        .member("id", item.id)
        .member("receipt", item.receipt)
        .member("amount_minor", item.amount.minor())
        .member("allocated_minor", item.allocated.minor())
        .member("written_off_minor", item.written_off.minor())
        .member("reason", suspense::name(item.reason))
        .member("reference", item.reference)
        .member("phone", rails::shown(item.phone))
        .member("about_order", order(item.about))
        .member("credited_order", order(item.credited))
        .member("paid_at", format_rfc3339(item.paid_at))
        .member("allocated_by", item.allocated_by);
}

void write_suggestion(json::Writer& writer, store::Reader& reader,
                      const paybill::Suggestion& suggestion) {
    const auto order = deposits::find(reader, suggestion.order);
    if (!order) return;
    writer.begin_object()
        .member("order_id", hex16(order->id.value()))
        .member("custom_transaction_id", order->custom_transaction_id)
        .member("amount_minor", order->amount.minor())
        .member("phone", order->phone.masked())
        .member("state", deposits::name(order->state))
        .member("points", suggestion.points)
        .member("why", suggestion.why)
        .end_object();
}

void write_claims(json::Writer& writer, store::Reader& reader) {
    writer.key("claims").begin_array();
    for (const auto& claim : suspense::open_claims(reader, claims_max)) {
        writer.begin_object()
            .member("receipt", claim.receipt)
            .member("amount_minor", claim.amount.minor())
            .member("reference", claim.reference)
            .member("phone", rails::shown(claim.phone))
            .member("about_order", claim.about ? hex16(claim.about->value()) : std::string{})
            .member("told_at", format_rfc3339(claim.at))
            .end_object();
    }
    writer.end_array();
}

}  // namespace

Answer register_paybill(SharedParts parts, Call call) {
    if (!parts->register_paybill) co_return not_running();
    co_await parts->store.write([who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
        people::record(tx, now, who, "paybill registered", "", "");
    });
    const auto registered = co_await parts->register_paybill();
    const auto said = [](const rails::daraja::Registration& about) {
        const std::string outcome{rails::daraja::name(about.outcome)};
        return about.message.empty() ? outcome : outcome + ": " + about.message;
    };
    const auto list =
        registered.list ? said(*registered.list) : "not asked: paybill.nominated_number is not set";
    if (!rails::daraja::is_known(registered.urls) ||
        (registered.list && !rails::daraja::is_known(*registered.list))) {
        co_return api::fail(200, "addresses: " + said(registered.urls) + "; list: " + list);
    }
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", rails::daraja::name(registered.urls.outcome))
        .member("list", list)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer give_paybill_reference(SharedParts parts, Call call) {
    const auto id = typed::id(call.text("order_id"));
    if (!id) co_return api::fail(400, "Send {\"order_id\":\"...\"}, 16 hex digits.");
    auto out = co_await parts->store.write([id = DepositId{*id}, shortcode = parts->shortcode,
                                            who = call.actor.name,
                                            now = parts->clock.now()](store::Tx& tx) {
        std::string text;
        const auto order = deposits::find(tx, id);
        if (!order || order->has(deposits::Flag::gave_way)) return text;
        people::record(tx, now, who, "paybill reference given", hex16(id.value()), "");
        json::Writer{text}
            .begin_object()
            .member("status", "ok")
            .member("paybill", shortcode)
            .member("reference", paybill::give_reference(tx, id))
            .member("amount_minor", order->amount.minor())
            .end_object();
        return text;
    });
    if (out.empty()) co_return api::fail(200, "There is no such order.");
    co_return api::ok(std::move(out));
}

Answer list_unmatched(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const auto after = integer_of(query, "after", 0);
    const auto limit = std::clamp<std::int64_t>(integer_of(query, "limit", 100), 1, 1'000);
    auto out = co_await parts->store.read([after, limit](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("items").begin_array();
        for (const auto& item : suspense::list_open(reader, after, limit)) {
            write_item(writer, item);
            writer.end_object();
        }
        writer.end_array();
        write_claims(writer, reader);
        writer.end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer show_unmatched(SharedParts parts, Call call) {
    auto receipt = call.path.at(0);
    auto out = co_await parts->store.read([receipt](store::Reader& reader) {
        std::string body;
        const auto item = suspense::find(reader, ledger::meant_receipt(reader, receipt));
        if (!item) return body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("item");
        write_item(writer, *item);
        writer.end_object().key("suggestions").begin_array();
        for (const auto& suggestion : paybill::suggest(reader, *item, suggestions_max)) {
            write_suggestion(writer, reader, suggestion);
        }
        writer.end_array().end_object();
        return body;
    });
    if (out.empty()) co_return api::fail(200, "There is no such money in suspense.");
    co_return api::ok(std::move(out));
}

// All that came of it, however it is split among orders.
bool is_small_allocation(store::Reader& reader, const AdminParts& parts, const Call& call) {
    const auto item = suspense::find(reader, ledger::meant_receipt(reader, call.path.at(0)));
    return !item || item->amount <= parts.allocate_alone;
}

Answer allocate_unmatched(SharedParts parts, Call call) {
    auto receipt = call.path.at(0);
    if (parts->desk == nullptr) co_return not_running();
    const auto order_id = call.text("order_id");
    const auto id = typed::id(order_id);
    if (!id) co_return api::fail(400, "Send {\"order_id\":\"...\"}, 16 hex digits.");
    auto meant = co_await parts->store.read([receipt = std::move(receipt)](store::Reader& reader) {
        return ledger::meant_receipt(reader, receipt);
    });
    const auto why_not =
        co_await parts->desk->allocate(std::move(meant), DepositId{*id}, call.actor.name);
    if (!why_not.empty()) co_return api::fail(200, why_not);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("order_id", order_id)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer write_off_unmatched(SharedParts parts, Call call) {
    auto receipt = call.path.at(0);
    const auto done = co_await parts->store.write([receipt, who = call.actor.name,
                                                   now = parts->clock.now()](store::Tx& tx) {
        const auto meant = ledger::meant_receipt(tx, receipt);
        auto amount = suspense::write_off(tx, meant, now);
        if (amount)
            people::record(tx, now, who, "suspense written off", meant, "KES " + amount->text());
        return amount;
    });
    if (!done) co_return api::fail(200, done.error());
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("amount_minor", done->minor())
        .end_object();
    co_return api::ok(std::move(out));
}

namespace {

http::asio::awaitable<paybill::ClaimByHand> said(SharedParts parts, const Call& call,
                                                 std::string receipt) {
    auto meant = co_await parts->store.read([receipt = std::move(receipt)](store::Reader& reader) {
        return ledger::meant_receipt(reader, receipt);
    });
    co_return paybill::ClaimByHand{.receipt = std::move(meant),
                                   .amount = {},
                                   .who = call.actor.name,
                                   .note = call.text("note")};
}

}  // namespace

Answer book_claim(SharedParts parts, Call call) {
    auto receipt = call.path.at(0);
    if (parts->desk == nullptr) co_return not_running();
    auto claim = co_await said(parts, call, std::move(receipt));
    if (const auto text = call.text("amount"); !text.empty()) {
        const auto amount = typed::amount(text);
        if (!amount) {
            co_return api::fail(200, amount.error() == typed::NoAmount::unclear
                                         ? typed::unclear_amount
                                         : "The amount is a number of shillings, such as 300.");
        }
        claim.amount = *amount;
    }
    const auto taken = co_await parts->desk->book_claim(std::move(claim));
    if (!taken) co_return api::fail(200, taken.error());
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", paybill::name(*taken))
        .end_object();
    co_return api::ok(std::move(out));
}

Answer dismiss_claim(SharedParts parts, Call call) {
    auto receipt = call.path.at(0);
    if (parts->desk == nullptr) co_return not_running();
    auto claim = co_await said(parts, call, std::move(receipt));
    const auto why_not = co_await parts->desk->dismiss_claim(std::move(claim));
    if (!why_not.empty()) co_return api::fail(200, why_not);
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
