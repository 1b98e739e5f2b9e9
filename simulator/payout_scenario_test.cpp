#include "simulator/payout_scenario.hpp"

#include <set>

#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class APayoutScenario : public PayoutsTest {
  protected:
    std::string to(std::string_view ending) {
        return pay_out("to " + std::string{ending}, ending_with(ending));
    }
    // Nothing: no reply within this time.
    std::optional<http::Response> reply_to(std::string_view ending, Duration patience,
                                           const std::string& id) {
        return ask(
            request("/mpesa/b2c/v3/paymentrequest", payout_body(id, ending_with(ending), 1000)),
            patience);
    }
};

TEST(ThePayoutScenarios, HaveNamesAndEndingsOfTheirOwn) {
    std::set<std::string_view> names;
    std::set<std::string_view> endings;
    for (const auto& scenario : payout_scenarios()) {
        EXPECT_TRUE(names.insert(scenario.name).second) << scenario.name;
        EXPECT_TRUE(endings.insert(scenario.phone_ending).second) << scenario.phone_ending;
        EXPECT_EQ(scenario_named(scenario.name), nullptr) << scenario.name;
        if (scenario.name == "payout_received") continue;
        ASSERT_EQ(scenario.phone_ending.size(), 3U) << scenario.name;
        EXPECT_EQ(scenario.phone_ending[0], '1') << scenario.name;
        EXPECT_EQ(&payout_scenario_for_phone("254712345" + std::string{scenario.phone_ending}),
                  &scenario);
    }
}

TEST(ThePayoutScenarios, LeaveOrdinaryPhonesAlone) {
    for (const auto* phone : {"254708374149", "254712345032", "254712345100", "254712345999", ""}) {
        EXPECT_EQ(payout_scenario_for_phone(phone).name, "payout_received") << phone;
    }
}

// Every code of daraja.md 5.4 ends a payout: told once, nothing moved.
TEST_F(APayoutScenario, OfAFailureTellsItsCodeOnce) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"101", "1"},       {"102", "2"},         {"103", "3"},    {"104", "4"},
        {"108", "8"},       {"110", "100000001"}, {"111", "11"},   {"115", "15"},
        {"117", "17"},      {"120", "2001"},      {"121", "21"},   {"124", "2040"},
        {"126", "26"},      {"128", "2028"},      {"130", "2006"}, {"140", "SFC_IC0003"},
        {"141", "TP40153"}, {"142", "TP99999"},   {"186", "8006"}};
    for (const auto& [ending, code] : table) {
        callbacks_.clear();
        EXPECT_NE(to(ending), "");
        let_time_pass(1min);
        EXPECT_EQ(codes(), Codes{code}) << ending;
    }
    expect_paid_out(0);
    EXPECT_EQ(outcome(phone, 100), "0");  // nobody is locked out by a scenario
}

TEST_F(APayoutScenario, WithoutResultLeavesTheMoneyWhereItIs) {
    to("150");
    to("151");
    let_time_pass(10min);
    EXPECT_TRUE(callbacks_.empty());
    expect_paid_out(1);
}

TEST_F(APayoutScenario, WithTwoResultsPaysOnce) {
    to("152");
    let_time_pass(1min);
    ASSERT_EQ(codes(), (Codes{"0", "0"}));
    EXPECT_EQ(callbacks_[0].text, callbacks_[1].text);
    expect_paid_out(1);
}

TEST_F(APayoutScenario, ThatIsLatePaysAtOnceAndTellsInThreeMinutesOrAsSet) {
    to("153");
    let_time_pass(1min);
    expect_paid_out(1);
    EXPECT_TRUE(callbacks_.empty());
    let_time_pass(2min + 1s);
    EXPECT_EQ(codes(), Codes{"0"});
    post("settings", R"({"late_by_ms":1000})");
    pay_out("again", ending_with("153"));
    let_time_pass(1100ms);
    EXPECT_EQ(callbacks_.size(), 2U);
}

TEST_F(APayoutScenario, ThatIsEarlyTellsTheResultBeforeItReplies) {
    const auto answer = reply_to("154", 400ms, "early");
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_FALSE(answer);
    expect_paid_out(1);
}

TEST_F(APayoutScenario, ThatContradictsTellsAFailureAfterTheSuccess) {
    to("155");
    let_time_pass(1min);
    EXPECT_EQ(codes(), (Codes{"0", "2040"}));
    expect_paid_out(1);
}

TEST_F(APayoutScenario, OfACachedRequestPaysAMinuteLater) {
    to("156");
    let_time_pass(59s);
    EXPECT_EQ(codes(), Codes{"100000000"});
    expect_paid_out(0);
    let_time_pass(2s);
    EXPECT_EQ(codes(), (Codes{"100000000", "0"}));
    expect_paid_out(1);
}

TEST_F(APayoutScenario, ThatMisleadsTellsAFailureThoughItPaid) {
    to("157");
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"17"});
    EXPECT_EQ(callbacks_[0].result().text_at("TransactionID"), "UKN0000000");
    expect_paid_out(1);
}

TEST_F(APayoutScenario, OfAWrongAmountMovesTheRightOne) {
    to("159");
    let_time_pass(1min);
    EXPECT_EQ(callbacks_.at(0).parameter("TransactionAmount"), "1001");
    EXPECT_EQ(daraja_->ledger().payouts().at(0).amount_minor, 100'000);
}

TEST_F(APayoutScenario, OfALostReplyPaysAndOfADroppedOneDoesNot) {
    EXPECT_FALSE(reply_to("160", 100s, "lost"));
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_EQ(pay_out("lost", ending_with("160")), "");
    EXPECT_EQ(said(refused), "500 500.002.1001 Duplicate OriginatorConversationID.");
    EXPECT_FALSE(reply_to("162", 100s, "silent"));
    EXPECT_EQ(callbacks_.size(), 1U);
    const auto dropped = reply_to("161", 121s, "dropped");
    ASSERT_TRUE(dropped);
    EXPECT_EQ(dropped->status, 504);
    expect_paid_out(2);
    post("scenarios", R"({"next":true,"scenario":"payout_received"})");
    EXPECT_NE(pay_out("dropped", ending_with("161")), "");
}

TEST_F(APayoutScenario, ThatDropsOnceTakesTheSameIdTheSecondTime) {
    EXPECT_FALSE(reply_to("173", 100s, "again"));
    expect_paid_out(0);
    EXPECT_NE(pay_out("again", ending_with("173")), "");
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"0"});
    expect_paid_out(1);
}

TEST_F(APayoutScenario, OfABadReplySubmitsNothing) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"163", "200 text/html"},
        {"164", "403 text/html"},
        {"165", "500 application/json"},
        {"166", "500 text/xml"},
        {"167", "429  "},
        {"168", "500 500.003.02 System is busy. Please try again in few minutes."},
        {"169", "500 500.003.03 Error Occurred: Quota Violation"},
        {"170", "401 401.002.01 Error Occurred - Invalid Access Token - expired"},
        {"171", "400 400.002.02 Bad Request - Invalid PartyB"}};
    for (const auto& [ending, expected] : table) {
        const auto body = payout_body("one id", ending_with(ending), 1000);
        EXPECT_EQ(said(send_payout(body)), expected) << ending;
    }
    let_time_pass(5min);
    EXPECT_TRUE(callbacks_.empty());
    expect_paid_out(0);
}

TEST_F(APayoutScenario, OfAnEmpty500MayHavePaidAllTheSame) {
    EXPECT_EQ(to("172"), "");
    EXPECT_EQ(said(refused), "500 application/json");
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"0"});
    expect_paid_out(1);
}

TEST_F(APayoutScenario, OfAQueueTimeoutCallsTheOtherAddressAndNeverPays) {
    to("174");
    let_time_pass(10min);
    ASSERT_EQ(callbacks_.size(), 1U);
    EXPECT_EQ(callbacks_[0].url, "https://shop.example/timeout/1");
    EXPECT_EQ(callbacks_[0].result().text_at("OriginatorConversationID"), "to 174");
    expect_paid_out(0);
}

TEST_F(APayoutScenario, OfAQueueTimeoutMayPayAnyway) {
    to("175");
    to("176");
    let_time_pass(19s);
    EXPECT_EQ(callbacks_.size(), 2U);
    expect_paid_out(0);
    let_time_pass(2s);
    expect_paid_out(2);
    let_time_pass(10min);
    ASSERT_EQ(callbacks_.size(), 3U);
    EXPECT_EQ(callbacks_[2].url, "https://shop.example/result/1");
    EXPECT_EQ(callbacks_[2].result().text_at("OriginatorConversationID"), "to 175");
    EXPECT_EQ(callbacks_[2].code(), "0");
}

TEST_F(APayoutScenario, OfAForeignIdKeepsTheConversationIdOnly) {
    const auto conversation = to("177");
    let_time_pass(1min);
    const auto& told = callbacks_.at(0).result();
    EXPECT_NE(told.text_at("OriginatorConversationID"), "to 177");
    EXPECT_EQ(told.text_at("ConversationID"), conversation);
    expect_paid_out(1);
}

TEST_F(APayoutScenario, ThatPaysLaterFindsTheUtilityAsItIsThen) {
    auto config = Config{};
    config.shortcodes.at(1).utility_start_minor = 1500'00;
    begin_with(std::move(config));
    to("156");
    let_time_pass(1s);
    EXPECT_EQ(outcome(phone, 1000), "0");
    callbacks_.clear();
    let_time_pass(2min);
    EXPECT_EQ(codes(), Codes{"1"});
    expect_paid_out(1);
}

TEST_F(APayoutScenario, IsAlsoChosenForAPhoneAnAmountOrTheNextPayout) {
    post("scenarios", R"({"phone":"254712345678","scenario":"payout_not_registered"})");
    post("scenarios", R"({"amount":77,"scenario":"payout_busy"})");
    EXPECT_EQ(outcome(phone, 77), "2040");
    EXPECT_EQ(outcome("254722222222", 77), "26");
    post("scenarios", R"({"next":true,"scenario":"payout_unknown_code"})");
    EXPECT_NE(push(phone, 100), "");  // asks nobody about payouts
    EXPECT_EQ(outcome(phone, 78), "TP99999");
    post("scenarios", R"({"phone":"254712345678","scenario":"payout_received"})");
    EXPECT_EQ(outcome(phone, 78), "0");
}

TEST_F(APayoutScenario, IsListedWithTheWayToReachIt) {
    const auto body = get("scenarios");
    const auto& list = *body.find("payout_scenarios")->array();
    EXPECT_EQ(list.size(), payout_scenarios().size());
    for (const auto& entry : list) {
        EXPECT_NE(entry.text_at("what"), "") << entry.text_at("scenario");
        EXPECT_NE(entry.text_at("what"), "An error occurred.") << entry.text_at("scenario");
    }
}

}  // namespace
}  // namespace lango::simulator
