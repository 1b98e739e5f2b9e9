#include "simulator/c2b_fixture.hpp"

namespace lango::simulator {
namespace {

class AConfirmation : public C2bTest {
  protected:
    void SetUp() override {
        C2bTest::SetUp();
        register_urls({{"ValidationURL", ""}});
    }
};

TEST_F(AConfirmation, HasTheReferenceAsItWasTyped) {
    pay(R"({"paybill":"174379","account":" oRder-1 ","amount":1000})");
    ASSERT_EQ(callbacks_.size(), 1U);
    EXPECT_EQ(callbacks_[0].body.text_at("BillRefNumber"), " oRder-1 ");
    EXPECT_EQ(daraja_->ledger().payments().at(0).account_reference, " oRder-1 ");
    const auto receipt = daraja_->ledger().payments().at(0).receipt;
    EXPECT_EQ(sms(), receipt +
                         " confirmed. Ksh1,000.00 paid to LANGO SANDBOX, account  oRder-1  on "
                         "23/11/2026 at 12:00. Your M-PESA balance is now Ksh499,000.00. Cost: "
                         "Ksh0.00.");
}

TEST_F(AConfirmation, OfATillHasNoReference) {
    pay(R"({"till":"174379","amount":70})");
    ASSERT_EQ(callbacks_.size(), 1U);
    EXPECT_EQ(callbacks_[0].body.text_at("TransactionType"), "Buy Goods");
    EXPECT_EQ(callbacks_[0].body.text_at("BillRefNumber"), "");
    const auto listed = get("payments");
    EXPECT_EQ((*listed.find("payments")->array())[0].text_at("channel"), "till");
}

TEST_F(AConfirmation, ComesByScenario) {
    pay(R"({"till":"174379","amount":70})", "254712345050");
    EXPECT_EQ(callbacks_.size(), 0U);
    pay(R"({"till":"174379","amount":70})", "254712345052");
    let_time_pass(1s);
    EXPECT_EQ(callbacks_.size(), 2U);
    EXPECT_EQ(callbacks_[0].text, callbacks_[1].text);
    pay(R"({"till":"174379","amount":70})", "254712345053");
    let_time_pass(179s);
    EXPECT_EQ(callbacks_.size(), 2U);
    let_time_pass(1s);
    EXPECT_EQ(callbacks_.size(), 3U);
    post("scenarios", R"({"next":true,"scenario":"c2b_confirmation_lost"})");
    pay(R"({"till":"174379","amount":70})");
    let_time_pass(1h);
    EXPECT_EQ(callbacks_.size(), 3U);
    expect_balanced(4);
}

TEST_F(AConfirmation, IsInTheListOfPaymentsWhenItWasLost) {
    pay(R"({"paybill":"174379","account":"order 1","amount":70})", "254712345050");
    register_pull();
    const auto body = json::parse(pull("2026-11-23 11:00:00", "2026-11-23 13:00:00").body).value();
    const auto& rows = *(*body.find("Response")->array())[0].array();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].text_at("transactionId"), daraja_->ledger().payments().at(0).receipt);
    EXPECT_EQ(rows[0].text_at("billreference"), "order 1");
}

TEST_F(AConfirmation, ComesOfAPushTooWhereItIsWanted) {
    push(phone);
    let_time_pass(2s);
    EXPECT_EQ(urls(), Urls{"https://shop.example/told/1"});
    callbacks_.clear();
    post("settings", R"({"confirm_pushes":true})");
    push(phone, 900);
    let_time_pass(2s);
    ASSERT_EQ(urls(), (Urls{"https://shop.example/told/1", confirmation}));
    EXPECT_EQ(callbacks_[1].body.text_at("TransID"), callbacks_[0].item("MpesaReceiptNumber"));
    EXPECT_EQ(callbacks_[1].body.text_at("BillRefNumber"), "order 1");
    callbacks_.clear();
    post("settings", R"({"confirm_pushes_first":true})");
    push(phone, 800);
    let_time_pass(2s);
    EXPECT_EQ(urls(), (Urls{confirmation, "https://shop.example/told/1"}));
}

TEST_F(AConfirmation, NeedsTheMoney) {
    pay(R"({"till":"174379","amount":250000})");
    pay(R"({"till":"174379","amount":250000})");
    pay(R"({"till":"174379","amount":1})");
    EXPECT_EQ(sms(),
              "Failed. Ksh1.00 to LANGO SANDBOX was not paid. You would pass your limit for "
              "today.");
    let_time_pass(24h);
    pay(R"({"till":"174379","amount":1})");
    EXPECT_EQ(sms(),
              "Failed. Ksh1.00 to LANGO SANDBOX was not paid. Your M-PESA balance of Ksh0.00 is "
              "not enough.");
    expect_balanced(2);
}

TEST_F(AConfirmation, SurvivesNoRestartButItsPaymentDoes) {
    pay(R"({"till":"174379","amount":70})", "254712345053");
    restart();
    let_time_pass(1h);
    EXPECT_EQ(callbacks_.size(), 0U);
    expect_balanced(1);
    EXPECT_TRUE(daraja_->ledger().payments().at(0).till);
    pay(R"({"till":"174379","amount":70})");
    EXPECT_EQ(callbacks_.size(), 1U);
}

}  // namespace
}  // namespace lango::simulator
