// A customer's payment back to the customer, whole: daraja.md 6.3.
#include "base/json_writer.hpp"
#include "rails/daraja/payouts.hpp"

namespace lango::rails::daraja {

std::string Payouts::reversal_body(const Payout& payout) const {
    const auto address =
        options_.callback_url +
        ResultAddress{.about = about_reversal, .subject = hex16(payout.withdrawal.value())}.path(
            master_);
    std::string body;
    body.reserve(1024);
    json::Writer{body}
        .begin_object()
        .member("Initiator", options_.initiator)
        .member("SecurityCredential", credential_)
        .member("CommandID", "TransactionReversal")
        .member("TransactionID", payout.reverses->receipt)
        .member("Amount", std::to_string(payout.amount.whole()))
        .member("ReceiverParty", std::to_string(payout.reverses->shortcode))
        .member("RecieverIdentifierType", "11")
        .member("ResultURL", address + "/result")
        .member("QueueTimeOutURL", address + "/timeout")
        .member("Remarks", "Refund")
        // For people, who find the refund by it in the organisation's statement.
        .member("Occasion", payout.id)
        .end_object();
    return body;
}

// Under the rail's own id of the reversal where it told one; else by the payment's receipt.
std::string Payouts::reversal_status_body(const PayoutQuestion& question) const {
    const bool known = !question.originator_conversation_id.empty();
    const auto address =
        options_.callback_url + ResultAddress{.about = known ? about_status : about_reversed,
                                              .subject = hex16(question.withdrawal.value())}
                                    .path(master_);
    std::string body;
    body.reserve(1024);
    json::Writer{body}
        .begin_object()
        .member("Initiator", options_.initiator)
        .member("SecurityCredential", credential_)
        .member("CommandID", "TransactionStatusQuery")
        .member(known ? options_.status_field : std::string{"TransactionID"},
                known ? question.originator_conversation_id : question.reverses->receipt)
        .member("PartyA", std::to_string(question.reverses->shortcode))
        .member("IdentifierType", "4")
        .member("ResultURL", address + "/result")
        .member("QueueTimeOutURL", address + "/timeout")
        .member("Remarks", "Status")
        .member("Occasion", question.id)
        .end_object();
    return body;
}

}  // namespace lango::rails::daraja
