// For tests: customers' payments, and requests to send them back.
#pragma once
#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {

class ReversalsTest : public PayoutsTest {
  protected:
    static std::string reversal_body(const std::string& receipt, std::int64_t amount,
                                     const Changes& changes = {}) {
        return body_of({{"Initiator", "\"testapi\""},
                        {"SecurityCredential", right_credential()},
                        {"CommandID", "\"TransactionReversal\""},
                        {"TransactionID", '"' + receipt + '"'},
                        {"Amount", std::to_string(amount)},
                        {"ReceiverParty", "174379"},
                        {"RecieverIdentifierType", "\"11\""},
                        {"ResultURL", "\"https://shop.example/reversal/1\""},
                        {"QueueTimeOutURL", "\"https://shop.example/timeout/3\""},
                        {"Remarks", "\"Back\""}},
                       changes);
    }
    http::Response send_reversal(const std::string& body) {
        return post_rail("/mpesa/reversal/v1/request", body);
    }
    std::string reverse(const std::string& receipt, std::int64_t amount,
                        const Changes& changes = {}) {
        callbacks_.clear();
        refused = send_reversal(reversal_body(receipt, amount, changes));
        let_time_pass(5ms);
        return callbacks_.empty() ? "" : callbacks_[0].code();
    }
    // The receipt.
    std::string paid(std::int64_t amount) { return paid_by(phone, amount); }
    std::string paid_by(const std::string& payer, std::int64_t amount) {
        push(payer, amount);
        let_time_pass(2s);
        return daraja_->ledger().payments().back().receipt;
    }
};

}  // namespace lango::simulator
