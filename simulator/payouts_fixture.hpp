// For tests: an organisation that pays out, and asks for status, balance and reversals.
#pragma once
#include "simulator/credential_fixture.hpp"
#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {

class PayoutsTest : public DarajaTest {
  protected:
    static constexpr const char* phone = "254712345678";
    static constexpr std::int64_t shortcode = 600996;
    static constexpr std::int64_t utility_start = 10'000'000'000;
    using Codes = std::vector<std::string>;

    void SetUp() override { begin_with(Config{}); }
    // All tests share one key: making one takes a while.
    static const CredentialKey& key() { return *shared_key(); }
    static std::shared_ptr<const CredentialKey> shared_key() {
        static const auto made = std::make_shared<const CredentialKey>(CredentialKey::make(began));
        return made;
    }
    void begin_with(Config config) {
        config.credential_key = shared_key();
        begin(std::move(config));
    }
    void restart_with(Config config) {
        config.credential_key = shared_key();
        restart(std::move(config));
    }
    // As a JSON text.
    static std::string credential(const std::string& password = "Safaricom999!*!") {
        return '"' + security_credential(key().certificate(), password) + '"';
    }
    static const std::string& right_credential() {
        static const std::string made = credential();
        return made;
    }

    static std::string payout_body(const std::string& id, const std::string& recipient,
                                   std::int64_t amount, const Changes& changes = {}) {
        return body_of({{"OriginatorConversationID", '"' + id + '"'},
                        {"InitiatorName", "\"testapi\""},
                        {"SecurityCredential", right_credential()},
                        {"CommandID", "\"BusinessPayment\""},
                        {"Amount", std::to_string(amount)},
                        {"PartyA", std::to_string(shortcode)},
                        {"PartyB", '"' + recipient + '"'},
                        {"Remarks", "\"Payout\""},
                        {"QueueTimeOutURL", "\"https://shop.example/timeout/1\""},
                        {"ResultURL", "\"https://shop.example/result/1\""},
                        {"Occassion", "\"\""}},
                       changes);
    }
    http::Response send_payout(const std::string& body, int version = 3) {
        return post_rail("/mpesa/b2c/v" + std::to_string(version) + "/paymentrequest", body);
    }
    http::Response post_rail(const std::string& path, const std::string& body) {
        return ask(request(path, body)).value_or(http::Response{.status = 0});
    }
    // The ConversationID; "" and the answer in `refused` when it was not accepted.
    std::string pay_out(const std::string& id, const std::string& recipient = phone,
                        std::int64_t amount = 1000, const Changes& changes = {}) {
        refused = send_payout(payout_body(id, recipient, amount, changes));
        const auto body = json::parse(refused.body);
        return refused.status == 200 && body ? body->text_at("ConversationID") : "";
    }
    // What the result said, ten milliseconds later.
    std::string outcome(const std::string& recipient, std::int64_t amount,
                        const Changes& changes = {}) {
        callbacks_.clear();
        pay_out("id-" + std::to_string(++ids_used_), recipient, amount, changes);
        let_time_pass(10ms);
        return callbacks_.empty() ? "" : callbacks_[0].code();
    }
    static std::string ending_with(std::string_view ending) {
        return "254712345" + std::string{ending};
    }
    [[nodiscard]] const Organisation& accounts(std::int64_t of = shortcode) const {
        return daraja_->ledger().organisation(of);
    }
    void expect_paid_out(std::size_t payouts) {
        EXPECT_EQ(daraja_->ledger().payouts().size(), payouts);
        EXPECT_TRUE(daraja_->ledger().balanced());
        EXPECT_EQ(daraja_->ledger().sum(), 0);
    }

  private:
    int ids_used_ = 0;
};

}  // namespace lango::simulator
