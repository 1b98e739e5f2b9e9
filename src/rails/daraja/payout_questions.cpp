// What became of a payout, and what our accounts hold: daraja.md 6.1, 6.2. The answers come to our
// addresses.
#include "base/json_writer.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/payout_reply.hpp"
#include "rails/daraja/payouts.hpp"

namespace lango::rails::daraja {

namespace {

constexpr const char* by_shortcode = "4";  // IdentifierType

}  // namespace

std::string Payouts::status_body(const PayoutQuestion& question) const {
    const auto address =
        options_.callback_url +
        ResultAddress{.about = about_status, .subject = hex16(question.withdrawal.value())}.path(
            master_);
    std::string body;
    body.reserve(1024);
    json::Writer{body}
        .begin_object()
        .member("Initiator", options_.initiator)
        .member("SecurityCredential", credential_)
        .member("CommandID", "TransactionStatusQuery")
        .member(options_.status_field,
                question.route.knows_repeats ? question.id : question.originator_conversation_id)
        .member("PartyA", std::to_string(question.route.shortcode))
        .member("IdentifierType", by_shortcode)
        .member("ResultURL", address + "/result")
        .member("QueueTimeOutURL", address + "/timeout")
        .member("Remarks", "Status")
        .member("Occasion", question.id)
        .end_object();
    return body;
}

std::string Payouts::float_body() const {
    const auto shortcode = std::to_string(options_.shortcode);
    const auto address = options_.callback_url +
                         ResultAddress{.about = about_float, .subject = shortcode}.path(master_);
    std::string body;
    body.reserve(1024);
    json::Writer{body}
        .begin_object()
        .member("Initiator", options_.initiator)
        .member("SecurityCredential", credential_)
        .member("CommandID", "AccountBalance")
        .member("PartyA", shortcode)
        .member("IdentifierType", by_shortcode)
        .member("Remarks", "Balance")
        .member("QueueTimeOutURL", address + "/timeout")
        .member("ResultURL", address + "/result")
        .end_object();
    return body;
}

asio::awaitable<bool> Payouts::put_question(std::string_view operation, std::string path,
                                            std::string body) {
    const auto began = clock_.now();
    const auto reply = co_await app_.post(std::move(path), std::move(body));
    const auto read = read_payout_reply(reply);
    const bool taken = read.answer.outcome == Submitted::accepted;
    notice(operation, name(read.answer.outcome), began);
    co_return taken;
}

asio::awaitable<bool> Payouts::ask(PayoutQuestion question) {
    if (question.reverses) {
        co_return co_await put_question("reversal_status", "/mpesa/transactionstatus/v1/query",
                                        reversal_status_body(question));
    }
    // Version 1 gave the payout no id of ours: without the rail's there is nothing to ask by.
    if (!question.route.knows_repeats && question.originator_conversation_id.empty())
        co_return false;
    co_return co_await put_question("payout_status", "/mpesa/transactionstatus/v1/query",
                                    status_body(question));
}

asio::awaitable<bool> Payouts::ask_float() {
    co_return co_await put_question("payout_float", "/mpesa/accountbalance/v1/query", float_body());
}

}  // namespace lango::rails::daraja
