// What the merchant is told, and when.
#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

constexpr const char* subscriber = "254712345678";

class TheCallback : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
};

TEST_F(TheCallback, OfAPaymentIsTheDocumentedOne) {
    const auto id = push(subscriber, 1000);
    let_time_pass(1499ms);
    EXPECT_TRUE(callbacks_.empty());
    let_time_pass(1ms);
    ASSERT_EQ(callbacks_.size(), 1U);
    const auto& told = callbacks_[0];
    EXPECT_EQ(told.at, 1500ms);
    EXPECT_EQ(told.url, "https://shop.example/told/1");
    const auto merchant_request_id = json::parse(refused.body)->text_at("MerchantRequestID");
    const auto receipt = daraja_->ledger().payments().at(0).receipt;
    EXPECT_EQ(
        told.text,
        R"({"Body":{"stkCallback":{"MerchantRequestID":")" + merchant_request_id +
            R"(","CheckoutRequestID":")" + id +
            R"(","ResultCode":0,"ResultDesc":"The service request is processed successfully.",)" +
            R"("CallbackMetadata":{"Item":[{"Name":"Amount","Value":1000.00},)" +
            R"({"Name":"MpesaReceiptNumber","Value":")" + receipt +
            R"("},{"Name":"Balance"},{"Name":"TransactionDate","Value":20261123120001},)" +
            R"({"Name":"PhoneNumber","Value":254712345678}]}}}})");
    expect_balanced(1);
    EXPECT_EQ(daraja_->ledger().balance(subscriber), 49'900'000);
}

TEST_F(TheCallback, OfAFailureHasANumberAndNoMetadata) {
    push("254712345032");
    let_time_pass(2s);
    ASSERT_EQ(callbacks_.size(), 1U);
    EXPECT_NE(callbacks_[0].result().find("ResultCode")->number(), nullptr);
    EXPECT_EQ(callbacks_[0].code(), "1032");
    EXPECT_EQ(callbacks_[0].result().text_at("ResultDesc"), "Request cancelled by user.");
    EXPECT_EQ(callbacks_[0].result().find("CallbackMetadata"), nullptr);
}

TEST_F(TheCallback, WithACodeThatIsTextHasItAsAText) {
    push("254712345040");
    let_time_pass(2s);
    ASSERT_EQ(callbacks_.size(), 1U);
    ASSERT_NE(callbacks_[0].result().find("ResultCode")->string(), nullptr);
    EXPECT_EQ(callbacks_[0].code(), "SFC_IC0003");
}

TEST_F(TheCallback, ShufflesItsItemsAndMasksThePhoneWhenSwitched) {
    post("settings", R"({"shuffled_items":true,"masked_phone":true})");
    std::vector<std::string> firsts;
    for (int i = 0; i < 20; ++i) {
        push("2547123456" + std::to_string(10 + i));
        let_time_pass(2s);
        const auto& items =
            *callbacks_.back().result().find("CallbackMetadata")->find("Item")->array();
        EXPECT_EQ(items.size(), 5U);
        firsts.push_back(items[0].text_at("Name"));
        EXPECT_EQ(callbacks_.back().item("PhoneNumber"), "2547*****6" + std::to_string(10 + i));
        EXPECT_EQ(callbacks_.back().item("Amount"), "1000.00");
    }
    std::ranges::sort(firsts);
    EXPECT_NE(firsts.front(), firsts.back());
}

TEST_F(TheCallback, IsNotRepeatedWhenNobodyTakesIt) {
    merchant_status = 503;
    push(subscriber);
    let_time_pass(10min);
    EXPECT_EQ(callbacks_.size(), 1U);
    expect_balanced(1);
}

TEST_F(TheCallback, IsRepeatedSoOftenWhenSwitched) {
    post("settings", R"({"callback_retries":2})");
    merchant_status = 503;
    push(subscriber);
    let_time_pass(10min);
    EXPECT_EQ(codes(), (std::vector<std::string>{"0", "0", "0"}));
    push("254712345679");
    let_time_pass(2s);
    merchant_status = 200;
    let_time_pass(10min);
    EXPECT_EQ(callbacks_.size(), 5U);
    expect_balanced(2);
}

TEST_F(TheCallback, ToAMerchantWhoHangsHoldsNobodyElseUp) {
    merchant_status = 0;
    push(subscriber);
    let_time_pass(2s);
    push("254712345679");
    let_time_pass(2s);
    EXPECT_EQ(callbacks_.size(), 2U);
}

TEST_F(TheCallback, UnderWayIsWaitedForWhenTheSimulatorStops) {
    merchant_status = 0;
    push(subscriber);
    let_time_pass(2s);
    bool stopped = false;
    asio::co_spawn(io_, daraja_->stop(), [&](const std::exception_ptr&) { stopped = true; });
    let_time_pass(10s);
    EXPECT_FALSE(stopped);
    let_time_pass(5s);
    EXPECT_TRUE(stopped);
    daraja_.reset();
}

TEST_F(TheCallback, ComesFromTheAnswerOfWhoeverEntersThePinWhenNobodyIsSimulated) {
    post("settings", R"({"auto_pay_ms":"off"})");
    push(subscriber);
    let_time_pass(59s);
    EXPECT_TRUE(callbacks_.empty());
    let_time_pass(1s);
    EXPECT_EQ(codes(), (std::vector<std::string>{"1037"}));
    expect_balanced(0);
}

}  // namespace
}  // namespace lango::simulator
