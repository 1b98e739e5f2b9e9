// A payout: daraja.md 5.1.
#include "base/json_writer.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/payout_reply.hpp"
#include "rails/daraja/payouts.hpp"

namespace lango::rails::daraja {

std::string Payouts::pay_body(const Payout& payout) const {
    const auto address =
        options_.callback_url +
        ResultAddress{.about = about_payout, .subject = hex16(payout.withdrawal.value())}.path(
            master_);
    std::string body;
    body.reserve(1024);
    json::Writer writer{body};
    writer.begin_object();
    if (payout.route.knows_repeats) writer.member("OriginatorConversationID", payout.id);
    writer.member("InitiatorName", options_.initiator)
        .member("SecurityCredential", credential_)
        .member("CommandID", options_.command)
        .member("Amount", std::to_string(payout.amount.whole()))
        .member("PartyA", std::to_string(payout.route.shortcode))
        .member("PartyB", payout.phone.raw())
        .member("Remarks", "Payout")
        .member("QueueTimeOutURL", address + "/timeout")
        .member("ResultURL", address + "/result")
        // For people, who find the payout by it in the organisation's statement.
        .member("Occassion", payout.id)
        .end_object();
    return body;
}

namespace {

// What is wrong with a reversal, its fields or the right to make one, says nothing of payouts, and
// it is not taken however often it is sent: the person who asked for it learns why.
void spare_payouts(PayoutReply& read) {
    read.alarm = false;
    if (read.answer.halts != Halts::payouts) return;
    read.answer.halts = Halts::nothing;
    read.answer.outcome = Submitted::refused;
    read.trouble = false;
}

}  // namespace

asio::awaitable<PayoutAnswer> Payouts::pay(Payout payout) {
    const auto began = clock_.now();
    const auto* const path = payout.reverses              ? "/mpesa/reversal/v1/request"
                             : payout.route.knows_repeats ? "/mpesa/b2c/v3/paymentrequest"
                                                          : "/mpesa/b2c/v1/paymentrequest";
    const auto reply = co_await app_.post(
        path, payout.reverses ? reversal_body(payout) : pay_body(payout), options_.pay_timeout);
    auto read = read_payout_reply(reply);
    if (!reply) {
        read.answer.message = app_.token().failure();
        read.answer.ours_to_mend = app_.token().refuses_us();
    }
    if (payout.reverses) spare_payouts(read);
    if (read.trouble)
        breaker_.troubled(clock_.now(), read.alarm);
    else
        breaker_.succeeded();
    notice(payout.reverses ? "reversal" : "payout", name(read.answer.outcome), began);
    co_return std::move(read.answer);
}

}  // namespace lango::rails::daraja
