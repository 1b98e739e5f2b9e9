// What a transaction status result tells of each kind of payment.
#include <algorithm>

#include "simulator/fields.hpp"
#include "simulator/initiator_fields.hpp"
#include "simulator/inquiries.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

namespace {

std::string organisation_name(const Shortcode& shortcode) {
    return std::to_string(shortcode.number) + " - " + shortcode.name;
}

std::string status_of(const PayoutOrder& order) {
    if (!order.ended) return order.waiting ? "Pending" : "Authorized";
    if (order.code == "0") return "Completed";
    return order.code == expired ? "Expired" : "Declined";
}

}  // namespace

const Shortcode& Inquiries::organisation(std::int64_t number) const {
    return *core_.shortcode(std::to_string(number));
}

std::optional<Inquiries::Fate> Inquiries::find(const InitiatorRequest& asked,
                                               const std::string& id) const {
    const auto known_since = core_.clock.now() - core_.config.status_unknown;
    const bool by_phone = asks_by_phone(asked.body);
    const auto party = field(asked.body, "PartyA");
    const auto tells = [&](std::int64_t number, std::string_view phone, Instant began) {
        const bool took_part = by_phone ? phone == party : number == asked.shortcode->number;
        return took_part && began <= known_since;
    };
    if (const auto* const order = payouts_.find(id)) {
        if (!tells(order->shortcode, order->phone, order->began)) return std::nullopt;
        return fate_of(organisation(order->shortcode), *order);
    }
    if (const auto* const payment = core_.ledger.payment(id)) {
        const auto at = from_micros(payment->completed_at);
        if (!tells(payment->shortcode, payment->phone, at)) return std::nullopt;
        return fate_of(organisation(payment->shortcode), *payment);
    }
    const auto& reversals = core_.ledger.reversals();
    const auto found = std::ranges::find_if(reversals, [&](const Reversal& reversal) {
        return reversal.receipt == id || reversal.originator_conversation_id == id;
    });
    if (found != reversals.end()) {
        const auto at = from_micros(found->completed_at);
        if (!tells(found->shortcode, found->phone, at)) return std::nullopt;
        return fate_of(organisation(found->shortcode), *found);
    }
    const auto* const order = reversals_.find(id);
    if (order == nullptr) return std::nullopt;
    const auto& shortcode = *order->asked.shortcode;
    if (!tells(shortcode.number, {}, order->began)) return std::nullopt;
    return fate_of(shortcode, *order);
}

Inquiries::Fate Inquiries::fate_of(const Shortcode& shortcode, const PayoutOrder& order) {
    return {.debit_party = organisation_name(shortcode),
            .credit_party = customer_name(order.phone),
            .debit_account = "Utility Account",
            .charges = order.fee_minor == 0
                           ? std::string{}
                           : "Fee For B2C Payment|KES|" + shillings(order.fee_minor),
            .reason = "Business Payment to Customer via API",
            .status = status_of(order),
            .originator_conversation_id = order.originator_conversation_id,
            .conversation_id = order.conversation_id,
            .receipt = order.receipt,
            .amount_minor = order.amount_minor,
            .initiated = order.began,
            .finalised = order.ended_at};
}

Inquiries::Fate Inquiries::fate_of(const Shortcode& shortcode, const Payment& payment) {
    return {.debit_party = customer_name(payment.phone),
            .credit_party = organisation_name(shortcode),
            .debit_account = "MMF Account For Customer",
            .reason = "Pay Bill Online",
            .status = "Completed",
            .receipt = payment.receipt,
            .amount_minor = payment.amount_minor,
            .initiated = from_micros(payment.completed_at),
            .finalised = from_micros(payment.completed_at)};
}

Inquiries::Fate Inquiries::fate_of(const Shortcode& shortcode, const Reversal& reversal) {
    return {.debit_party = organisation_name(shortcode),
            .credit_party = customer_name(reversal.phone),
            .debit_account = "Working Account",
            .reason = "Transaction Reversal via API",
            .status = "Completed",
            .originator_conversation_id = reversal.originator_conversation_id,
            .conversation_id = reversal.conversation_id,
            .receipt = reversal.receipt,
            .amount_minor = reversal.amount_minor,
            .initiated = from_micros(reversal.completed_at),
            .finalised = from_micros(reversal.completed_at)};
}

Inquiries::Fate Inquiries::fate_of(const Shortcode& shortcode, const ReversalOrder& order) {
    const auto* const status = !order.ended            ? "Pending"
                               : order.code == expired ? "Expired"
                                                       : "Declined";
    return {.debit_party = organisation_name(shortcode),
            .credit_party = {},
            .debit_account = "Working Account",
            .reason = "Transaction Reversal via API",
            .status = status,
            .originator_conversation_id = order.asked.originator_conversation_id,
            .conversation_id = order.asked.conversation_id,
            .amount_minor = amount_minor(field(order.asked.body, "Amount")).value_or(0),
            .initiated = order.began,
            .finalised = order.ended_at};
}

std::vector<Parameter> Inquiries::parameters(const Fate& fate) {
    const auto known = [](const std::string& text) {
        return text.empty() ? std::string{} : json_text(text);
    };
    return {
        {.key = "DebitPartyName", .json = json_text(fate.debit_party)},
        {.key = "CreditPartyName", .json = json_text(fate.credit_party)},
        {.key = "OriginatorConversationID", .json = known(fate.originator_conversation_id)},
        {.key = "InitiatedTime", .json = format_eat_compact(fate.initiated)},
        {.key = "DebitAccountType", .json = json_text(fate.debit_account)},
        {.key = "DebitPartyCharges", .json = known(fate.charges)},
        {.key = "TransactionReason", .json = {}},
        {.key = "ReasonType", .json = json_text(fate.reason)},
        {.key = "TransactionStatus", .json = json_text(fate.status)},
        {.key = "FinalisedTime",
         .json = fate.finalised == Instant{} ? std::string{} : format_eat_compact(fate.finalised)},
        {.key = "Amount", .json = shillings(fate.amount_minor)},
        {.key = "ConversationID", .json = known(fate.conversation_id)},
        {.key = "ReceiptNo", .json = known(fate.receipt)}};
}

}  // namespace lango::simulator
