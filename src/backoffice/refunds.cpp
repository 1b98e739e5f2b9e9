#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/refund_text.hpp"
#include "base/typed.hpp"
#include "ledger/ledger.hpp"
#include "refunds/create.hpp"
#include "withdrawals/approve.hpp"

namespace lango::backoffice {

namespace {

using refunds::Method;
using refunds::NewRefund;
using Refused = Unexpected<std::string>;

Result<std::optional<DepositId>, std::string> order_of(const std::string& text) {
    if (text.empty()) return std::optional<DepositId>{};
    const auto id = typed::id(text);
    if (!id) return Refused{"An order has 16 hex digits."};
    return std::optional{DepositId{*id}};
}

Result<std::optional<Money>, std::string> amount_of(const std::string& text) {
    if (text.empty()) return std::optional<Money>{};
    const auto amount = typed::amount(text);
    if (amount) return std::optional{*amount};
    return Refused{amount.error() == typed::NoAmount::unclear
                       ? typed::unclear_amount
                       : "The amount is a number of shillings, such as 300."};
}

Result<std::optional<Method>, std::string> method_of(const std::string& text) {
    if (text.empty()) return std::optional<Method>{};
    for (const auto method : {Method::reversal, Method::payout}) {
        if (name(method) == text) return std::optional{method};
    }
    return Refused{"The method is reversal or payout."};
}

Result<std::optional<Msisdn>, std::string> phone_of(const std::string& text) {
    if (text.empty()) return std::optional<Msisdn>{};
    const auto phone = typed::phone(text);
    if (!phone) return Refused{"The phone is a Kenyan number, such as 254712345678."};
    return phone;
}

Result<NewRefund, std::string> wanted_in(const json::Value& body, const std::string& who) {
    const auto order = order_of(body.text_at("order_id"));
    if (!order) return Refused{order.error()};
    const auto amount = amount_of(body.text_at("amount"));
    if (!amount) return Refused{amount.error()};
    const auto method = method_of(body.text_at("method"));
    if (!method) return Refused{method.error()};
    const auto phone = phone_of(body.text_at("phone"));
    if (!phone) return Refused{phone.error()};
    return NewRefund{.deposit = *order,
                     .receipt = body.text_at("receipt"),
                     .amount = *amount,
                     .method = *method,
                     .phone = *phone,
                     .reason = body.text_at("reason"),
                     .who = who,
                     .retry_key = body.text_at("retry_key")};
}

// With its trail, in one write: who gave what back stands there if and only if it is given back.
struct Outcome {
    std::string refused;
    bool before = false;
    std::optional<refunds::Refund> refund;
};
Outcome make(store::Tx& tx, NewRefund wanted, const merchants::Directory& merchants, Instant now) {
    wanted.receipt = ledger::meant_receipt(tx, wanted.receipt);
    const auto made = refunds::create(tx, wanted, merchants, now);
    if (!made) return {.refused = made.error(), .before = false, .refund = std::nullopt};
    Outcome outcome{.refused = {}, .before = made->before, .refund = refunds::find(tx, made->id)};
    if (!made->before) {
        people::record(tx, now, wanted.who, "refund created", hex16(made->id.value()),
                       outcome.refund->payout.amount.text() + " KES of " + outcome.refund->receipt +
                           " by " + std::string{name(outcome.refund->method)} + ": " +
                           wanted.reason);
    }
    return outcome;
}

void write_approvals(json::Writer& writer, store::Reader& reader,
                     const withdrawals::Withdrawal& payout) {
    writer.key("approvals").begin_array();
    for (const auto& approval : withdrawals::approvals(reader, payout)) {
        writer.begin_object()
            .member("who", approval.who)
            .member("at", format_rfc3339(approval.at))
            .key("counts")
            .boolean(approval.counts)
            .end_object();
    }
    writer.end_array();
}

void write_events(json::Writer& writer, store::Reader& reader, WithdrawalId id) {
    writer.key("events").begin_array();
    for (const auto& event : withdrawals::events(reader, id)) {
        writer.begin_object()
            .member("number", event.number)
            .member("at", format_rfc3339(event.at))
            .member("event", withdrawals::name(event.kind))
            .member("state", withdrawals::name(event.state))
            .member("detail", event.detail)
            .end_object();
    }
    writer.end_array();
}

}  // namespace

Answer create_refund(SharedParts parts, Call call) {
    if (parts->withdrawals == nullptr) co_return payouts_off();
    auto wanted = wanted_in(call.body, call.actor.name);
    if (!wanted) co_return api::fail(400, wanted.error());
    const auto now = parts->clock.now();
    wanted->id = WithdrawalId{parts->ids.next(now)};
    const auto outcome = co_await parts->store.write([parts, wanted = *wanted, now](store::Tx& tx) {
        return make(tx, wanted, *parts->merchants, now);
    });
    if (!outcome.refused.empty()) co_return api::fail(200, outcome.refused);
    parts->withdrawals->wake_worker();
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .key("made_before")
        .boolean(outcome.before)
        .key("refund")
        .begin_object();
    write_refund(writer, *outcome.refund);
    writer.end_object().end_object();
    co_return api::ok(std::move(out));
}

Answer show_refund(SharedParts parts, Call call) {
    auto hex = call.path.at(0);
    const auto id = typed::id(hex);
    if (!id) co_return api::fail(400, "A refund has 16 hex digits.");
    auto out = co_await parts->store.read([id = WithdrawalId{*id}](store::Reader& reader) {
        std::string body;
        const auto refund = refunds::find(reader, id);
        if (!refund) return body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("refund").begin_object();
        write_refund(writer, *refund);
        write_approvals(writer, reader, refund->payout);
        write_events(writer, reader, id);
        writer.end_object().end_object();
        return body;
    });
    if (out.empty()) co_return api::fail(200, "There is no such refund.");
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
