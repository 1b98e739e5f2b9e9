// The forms a result takes (daraja.md 5.3).
#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class AResult : public PayoutsTest {
  protected:
    const Callback& told(const std::string& settings, const std::string& recipient = phone) {
        post("settings", settings);
        EXPECT_EQ(admin_status, 200);
        outcome(recipient, 1000);
        return callbacks_.at(0);
    }
};

TEST_F(AResult, HasItsCodeAsATextWhenSwitched) {
    EXPECT_NE(told("{}").result().find("ResultCode")->number(), nullptr);
    const auto& code = *told(R"({"result_code_text":true})").result().find("ResultCode");
    ASSERT_NE(code.string(), nullptr);
    EXPECT_EQ(*code.string(), "0");
}

TEST_F(AResult, HasACodeThatIsNoNumberAsAText) {
    const auto& code = *told("{}", ending_with("140")).result().find("ResultCode");
    ASSERT_NE(code.string(), nullptr);
    EXPECT_EQ(*code.string(), "SFC_IC0003");
}

TEST_F(AResult, HasItsReferenceItemAsAnArrayWhenSwitched) {
    const auto& plain = *told("{}").result().find("ReferenceData")->find("ReferenceItem");
    EXPECT_EQ(plain.text_at("Key"), "QueueTimeoutURL");
    const auto& list = *told(R"({"reference_item_array":true})")
                            .result()
                            .find("ReferenceData")
                            ->find("ReferenceItem");
    ASSERT_NE(list.array(), nullptr);
    EXPECT_EQ(list.array()->at(0).text_at("Key"), "QueueTimeoutURL");
}

TEST_F(AResult, HasOneParameterAsAnObjectWhenSwitched) {
    const auto& only = *told(R"({"one_parameter":true})")
                            .result()
                            .find("ResultParameters")
                            ->find("ResultParameter");
    ASSERT_NE(only.object(), nullptr);
    EXPECT_EQ(only.text_at("Key"), "TransactionAmount");
    EXPECT_EQ(only.text_at("Value"), "1000");
}

TEST_F(AResult, ShufflesItsParametersWhenSwitched) {
    post("settings", R"({"shuffled_items":true})");
    std::vector<std::string> firsts;
    for (int i = 0; i < 20; ++i) {
        outcome(phone, 1000);
        const auto& all = *callbacks_.at(0).result().find("ResultParameters");
        EXPECT_EQ(all.find("ResultParameter")->array()->size(), 8U);
        firsts.push_back(all.find("ResultParameter")->array()->at(0).text_at("Key"));
        EXPECT_EQ(callbacks_[0].parameter("TransactionAmount"), "1000");
    }
    std::ranges::sort(firsts);
    EXPECT_NE(firsts.front(), firsts.back());
}

TEST_F(AResult, OfAFailureMayLookAsIfItHadAReceipt) {
    const auto& failed = told(R"({"failed_with_receipt":true})", ending_with("124"));
    const auto id = failed.result().text_at("TransactionID");
    EXPECT_EQ(id.size(), 10U);
    EXPECT_NE(id, "UKN0000000");
    EXPECT_EQ(failed.result().find("ResultParameters"), nullptr);
    expect_paid_out(0);
}

TEST_F(AResult, ComesAsLateAsSet) {
    post("settings", R"({"payout_after_ms":5000})");
    pay_out("slow");
    let_time_pass(4999ms);
    EXPECT_TRUE(callbacks_.empty());
    expect_paid_out(0);
    let_time_pass(1ms);
    EXPECT_EQ(codes(), Codes{"0"});
    expect_paid_out(1);
}

TEST_F(AResult, IsRepeatedForWhoDoesNotTakeItOnlyWhenSwitched) {
    merchant_status = 503;
    pay_out("once");
    let_time_pass(10min);
    EXPECT_EQ(callbacks_.size(), 1U);
    post("settings", R"({"callback_retries":2})");
    pay_out("thrice");
    let_time_pass(10min);
    ASSERT_EQ(callbacks_.size(), 4U);
    EXPECT_EQ(callbacks_[1].text, callbacks_[3].text);
    expect_paid_out(2);
}

}  // namespace
}  // namespace lango::simulator
