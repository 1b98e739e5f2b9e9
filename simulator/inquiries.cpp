#include "simulator/inquiries.hpp"

#include "simulator/fields.hpp"
#include "simulator/initiator_fields.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

namespace {

// daraja.md 6.2: name|currency|current|available|reserved|uncleared.
std::string account_text(std::string_view name, std::int64_t minor) {
    const auto amount = shillings(minor);
    return std::string{name} + "|KES|" + amount + "|" + amount + "|0.00|0.00";
}

}  // namespace

http::Response Inquiries::status(const http::Request& request) {
    auto asked = read_initiator_request(core_, initiators_, request, product::transaction_status,
                                        invalid_status_field);
    if (!asked) return std::move(asked.error());
    auto reply = accepted_reply(asked->conversation_id, asked->originator_conversation_id);
    auto url = asked->body.text_at("ResultURL");
    tell_later(core_, std::move(url),
               [this, asked = std::move(*asked)] { return status_result(asked); });
    return reply;
}

http::Response Inquiries::balance(const http::Request& request) {
    auto asked = read_initiator_request(core_, initiators_, request, product::account_balance,
                                        invalid_balance_field);
    if (!asked) return std::move(asked.error());
    auto reply = accepted_reply(asked->conversation_id, asked->originator_conversation_id);
    auto url = asked->body.text_at("ResultURL");
    tell_later(core_, std::move(url),
               [this, asked = std::move(*asked)] { return balance_result(asked); });
    return reply;
}

std::string Inquiries::status_result(const InitiatorRequest& asked) const {
    const auto unmoved = Ids::no_receipt(core_.clock.now());
    ResultMessage message{.code = asked.code,
                          .originator_conversation_id = asked.originator_conversation_id,
                          .conversation_id = asked.conversation_id,
                          .transaction_id = unmoved,
                          .product = "transactionstatus"};
    if (asked.code != "0") return result_body(core_, std::move(message));
    const auto receipt = field(asked.body, "TransactionID");
    const auto fate =
        find(asked, std::string{receipt.empty() ? original_conversation_id(asked.body) : receipt});
    if (fate)
        message.parameters = parameters(*fate);
    else
        message.code = "25";
    return result_body(core_, std::move(message));
}

std::string Inquiries::balance_result(const InitiatorRequest& asked) const {
    const auto now = core_.clock.now();
    const auto unmoved = Ids::no_receipt(now);
    ResultMessage message{.code = asked.code,
                          .originator_conversation_id = asked.originator_conversation_id,
                          .conversation_id = asked.conversation_id,
                          .transaction_id = unmoved,
                          .product = "ab"};
    if (asked.code == "0") {
        const auto& accounts = core_.ledger.organisation(asked.shortcode->number);
        message.parameters = {
            {.key = "AccountBalance",
             .json = json_text(account_text("Working Account", accounts.working_minor) + "&" +
                               account_text("Float Account", 0) + "&" +
                               account_text("Utility Account", accounts.utility_minor) + "&" +
                               account_text("Charges Paid Account", accounts.charges_minor) + "&" +
                               account_text("Organization Settlement Account", 0))},
            {.key = "BOCompletedTime", .json = format_eat_compact(now)}};
    }
    return result_body(core_, std::move(message));
}

}  // namespace lango::simulator
