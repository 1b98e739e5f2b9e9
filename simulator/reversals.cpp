#include "simulator/reversals.hpp"

#include "base/json_writer.hpp"
#include "simulator/fields.hpp"
#include "simulator/initiator_fields.hpp"
#include "simulator/journal_line.hpp"
#include "simulator/result.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

http::Response Reversals::request(const http::Request& request) {
    auto asked = read_initiator_request(core_, initiators_, request, product::reversal,
                                        invalid_reversal_field);
    if (!asked) return std::move(asked.error());
    auto reply = accepted_reply(asked->conversation_id, asked->originator_conversation_id);
    auto url = asked->body.text_at("ResultURL");
    if (asked->code == "0") asked->code = code_for(*asked);
    if (asked->code == "0") {
        tell_later(core_, std::move(url),
                   [this, shortcode = asked->shortcode, done = reverse(*asked)] {
                       return success(*shortcode, done);
                   });
    } else {
        tell_later(core_, std::move(url),
                   [this, asked = std::move(*asked)] { return failure(asked); });
    }
    return reply;
}

std::string Reversals::code_for(const InitiatorRequest& asked) const {
    const auto receipt = asked.body.text_at("TransactionID");
    const auto* const payment = core_.ledger.payment(receipt);
    const auto shortcode = asked.shortcode->number;
    if (payment == nullptr || payment->shortcode != shortcode) return "R000002";
    if (core_.ledger.reversed(receipt)) return "R000001";
    // A part is documented nowhere: whole or not at all.
    if (amount_minor(field(asked.body, "Amount")) != payment->amount_minor) return "25";
    if (core_.ledger.organisation(shortcode).working_minor < payment->amount_minor) return "1";
    return "0";
}

Reversal Reversals::reverse(const InitiatorRequest& asked) {
    const auto now = core_.clock.now();
    const auto& payment = *core_.ledger.payment(asked.body.text_at("TransactionID"));
    Reversal reversal{.receipt = core_.ids.receipt(now),
                      .payment_receipt = payment.receipt,
                      .originator_conversation_id = asked.originator_conversation_id,
                      .conversation_id = asked.conversation_id,
                      .shortcode = payment.shortcode,
                      .phone = payment.phone,
                      .amount_minor = payment.amount_minor,
                      .completed_at = to_micros(now)};
    // First: what a result tells must survive the death of this process.
    journal(reversal);
    core_.ledger.reverse(reversal);
    return reversal;
}

std::string Reversals::failure(const InitiatorRequest& asked) const {
    const auto unmoved = Ids::no_receipt(core_.clock.now());
    return result_body(core_, {.code = asked.code,
                               .originator_conversation_id = asked.originator_conversation_id,
                               .conversation_id = asked.conversation_id,
                               .transaction_id = unmoved,
                               .product = "reversal"});
}

std::string Reversals::success(const Shortcode& shortcode, const Reversal& reversal) const {
    const auto working = shillings(core_.ledger.organisation(shortcode.number).working_minor);
    const auto debit = std::to_string(shortcode.number) + " - " + shortcode.name;
    return result_body(
        core_,
        {.originator_conversation_id = reversal.originator_conversation_id,
         .conversation_id = reversal.conversation_id,
         .transaction_id = reversal.receipt,
         .parameters =
             {{.key = "DebitAccountBalance",
               .json = json_text("Working Account|KES|" + working + "|" + working + "|0.00|0.00")},
              {.key = "Amount", .json = shillings(reversal.amount_minor)},
              {.key = "TransCompletedTime",
               .json = format_eat_compact(from_micros(reversal.completed_at))},
              {.key = "OriginalTransactionID", .json = json_text(reversal.payment_receipt)},
              {.key = "Charge", .json = "0.00"},
              {.key = "CreditPartyPublicName", .json = json_text(customer_name(reversal.phone))},
              {.key = "DebitPartyPublicName", .json = json_text(debit)}},
         .product = "reversal"});
}

void Reversals::journal(const Reversal& reversal) const {
    std::string line;
    json::Writer{line}
        .begin_object()
        .member("reversed", reversal.payment_receipt)
        .member("receipt", reversal.receipt)
        .member("originator_conversation_id", reversal.originator_conversation_id)
        .member("conversation_id", reversal.conversation_id)
        .member("shortcode", reversal.shortcode)
        .member("phone", reversal.phone)
        .member("amount_minor", reversal.amount_minor)
        .member("completed_at", reversal.completed_at)
        .end_object();
    core_.journal(line);
}

bool Reversals::replay(const json::Value& line) {
    if (line.find("reversed") == nullptr) return false;
    Reversal reversal{.receipt = line.text_at("receipt"),
                      .payment_receipt = line.text_at("reversed"),
                      .originator_conversation_id = line.text_at("originator_conversation_id"),
                      .conversation_id = line.text_at("conversation_id"),
                      .shortcode = integer_at(line, "shortcode"),
                      .phone = line.text_at("phone"),
                      .amount_minor = integer_at(line, "amount_minor"),
                      .completed_at = integer_at(line, "completed_at")};
    if (!core_.ledger.replay(std::move(reversal))) {
        throw std::runtime_error{"the journal reverses what was not paid, or twice"};
    }
    core_.ids.receipts_made(1);
    return true;
}

}  // namespace lango::simulator
