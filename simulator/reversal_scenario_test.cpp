#include "simulator/reversal_scenario.hpp"

#include <set>

#include "simulator/reversals_fixture.hpp"

namespace lango::simulator {
namespace {

class AReversalScenario : public ReversalsTest {
  protected:
    // Of 300 that a phone with that ending paid; nothing for no reply within this time.
    std::optional<http::Response> to(std::string_view ending, Duration patience = 0s) {
        receipt_ = paid_by(ending_with(ending), 300);
        return again(patience);
    }
    std::optional<http::Response> again(Duration patience = 0s) {
        callbacks_.clear();
        return ask(request("/mpesa/reversal/v1/request", reversal_body(receipt_, 300)), patience);
    }
    [[nodiscard]] std::size_t done() const { return daraja_->ledger().reversals().size(); }
    // TransactionStatus, or the code of a question that failed.
    std::string status_of(const std::optional<http::Response>& reply) {
        callbacks_.clear();
        const auto id = json::parse(reply->body)->text_at("OriginatorConversationID");
        const auto body = body_of({{"Initiator", "\"testapi\""},
                                   {"SecurityCredential", right_credential()},
                                   {"CommandID", "\"TransactionStatusQuery\""},
                                   {"OriginalConversationID", '"' + id + '"'},
                                   {"PartyA", "174379"},
                                   {"IdentifierType", "4"},
                                   {"Remarks", "\"Status\""},
                                   {"QueueTimeOutURL", "\"https://shop.example/timeout/2\""},
                                   {"ResultURL", "\"https://shop.example/status/1\""}},
                                  {});
        EXPECT_EQ(post_rail("/mpesa/transactionstatus/v1/query", body).status, 200);
        let_time_pass(5ms);
        const auto code = callbacks_.at(0).code();
        return code == "0" ? callbacks_[0].parameter("TransactionStatus") : code;
    }

    std::string receipt_;
};

TEST(TheReversalScenarios, HaveNamesAndEndingsOfTheirOwn) {
    std::set<std::string_view> names;
    std::set<std::string_view> endings;
    for (const auto& scenario : reversal_scenarios()) {
        EXPECT_TRUE(names.insert(scenario.name).second) << scenario.name;
        EXPECT_TRUE(endings.insert(scenario.phone_ending).second) << scenario.phone_ending;
        EXPECT_EQ(scenario_named(scenario.name), nullptr) << scenario.name;
        EXPECT_EQ(payout_scenario_named(scenario.name), nullptr) << scenario.name;
        if (scenario.name == "reversal_done") continue;
        ASSERT_EQ(scenario.phone_ending.size(), 3U) << scenario.name;
        EXPECT_EQ(scenario.phone_ending[0], '2') << scenario.name;
        const auto phone = "254712345" + std::string{scenario.phone_ending};
        EXPECT_EQ(&reversal_scenario_for_phone(phone), &scenario);
        EXPECT_EQ(scenario_for_phone(phone).name, "paid") << "it pays like any other";
        EXPECT_EQ(payout_scenario_for_phone(phone).name, "payout_received");
    }
}

// Every code of daraja.md 6.3 ends a reversal: told once, nothing moved, and so the status says.
TEST_F(AReversalScenario, OfAFailureTellsItsCodeOnce) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"201", "1"},       {"211", "11"},      {"217", "17"},   {"220", "2001"},
        {"221", "21"},      {"226", "26"},      {"228", "2028"}, {"230", "2006"},
        {"232", "R000002"}, {"242", "R000099"}, {"286", "8006"}};
    for (const auto& [ending, code] : table) {
        const auto reply = to(ending);
        let_time_pass(1min);
        EXPECT_EQ(codes(), Codes{code}) << ending;
        EXPECT_EQ(status_of(reply), "Declined") << ending;
    }
    EXPECT_EQ(done(), 0U);
}

TEST_F(AReversalScenario, ThatSomebodyElseDidBeforeIsDoneAndToldAsR000001) {
    to("231");
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"R000001"});
    ASSERT_EQ(done(), 1U);
    EXPECT_EQ(daraja_->ledger().reversals()[0].payment_receipt, receipt_);
    again();
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"R000001"});
    expect_balanced(1);
}

TEST_F(AReversalScenario, WithoutResultIsKnownByItsStatus) {
    EXPECT_EQ(status_of(to("250")), "Completed");
    const auto failed = to("251");
    let_time_pass(10min);
    EXPECT_TRUE(callbacks_.empty());
    EXPECT_EQ(status_of(failed), "Declined");
    EXPECT_EQ(done(), 1U);
}

TEST_F(AReversalScenario, WithTwoResultsIsDoneOnce) {
    to("252");
    let_time_pass(1min);
    ASSERT_EQ(codes(), (Codes{"0", "0"}));
    EXPECT_EQ(callbacks_[0].text, callbacks_[1].text);
    expect_balanced(1);
}

TEST_F(AReversalScenario, ThatIsLateTellsInThreeMinutes) {
    to("253");
    let_time_pass(2min);
    EXPECT_EQ(done(), 1U);
    EXPECT_TRUE(callbacks_.empty());
    let_time_pass(2min);
    EXPECT_EQ(codes(), Codes{"0"});
}

TEST_F(AReversalScenario, ThatIsEarlyTellsTheResultBeforeItReplies) {
    EXPECT_FALSE(to("254", 400ms));
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_EQ(done(), 1U);
}

TEST_F(AReversalScenario, ThatContradictsOrMisleadsIsDone) {
    to("255");
    let_time_pass(1min);
    EXPECT_EQ(codes(), (Codes{"0", "1"}));
    const auto misled = to("257");
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"17"});
    EXPECT_EQ(status_of(misled), "Completed");
    expect_balanced(2);
}

TEST_F(AReversalScenario, OfAWrongAmountMovesTheRightOne) {
    to("259");
    let_time_pass(1min);
    EXPECT_EQ(callbacks_.at(0).parameter("Amount"), "301.00");
    EXPECT_EQ(daraja_->ledger().reversals().at(0).amount_minor, 30'000);
}

TEST_F(AReversalScenario, OfALostReplyIsDoneAndOfADroppedOneIsNot) {
    EXPECT_FALSE(to("260", 100s));
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_FALSE(to("262", 100s));
    EXPECT_TRUE(callbacks_.empty());
    EXPECT_EQ(done(), 2U);
    const auto dropped = to("261", 121s);
    ASSERT_TRUE(dropped);
    EXPECT_EQ(dropped->status, 504);
    EXPECT_EQ(done(), 2U);
}

TEST_F(AReversalScenario, ThatDropsOnceIsDoneTheSecondTime) {
    EXPECT_FALSE(to("273", 100s));
    EXPECT_EQ(done(), 0U);
    EXPECT_TRUE(again());
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"0"});
    expect_balanced(1);
}

TEST_F(AReversalScenario, OfABadReplySubmitsNothing) {
    EXPECT_EQ(said(*to("263")), "200 text/html");
    EXPECT_EQ(said(*to("265")), "500 application/json");
    EXPECT_EQ(to("267")->status, 429);
    EXPECT_EQ(said(*to("268")), "500 500.003.02 System is busy. Please try again in few minutes.");
    let_time_pass(5min);
    EXPECT_TRUE(callbacks_.empty());
    EXPECT_EQ(done(), 0U);
}

TEST_F(AReversalScenario, OfAnEmpty500MayBeDoneAllTheSame) {
    EXPECT_EQ(said(*to("272")), "500 application/json");
    let_time_pass(1min);
    EXPECT_EQ(codes(), Codes{"0"});
    expect_balanced(1);
}

TEST_F(AReversalScenario, OfAQueueTimeoutCallsTheOtherAddress) {
    const auto dropped = to("274");
    let_time_pass(10min);
    ASSERT_EQ(callbacks_.size(), 1U);
    EXPECT_EQ(callbacks_[0].url, "https://shop.example/timeout/3");
    EXPECT_EQ(status_of(dropped), "Expired");
    const auto slow = to("275");
    EXPECT_EQ(status_of(slow), "Pending");
    EXPECT_EQ(done(), 0U);
    let_time_pass(21s);
    EXPECT_EQ(done(), 1U);
    EXPECT_EQ(status_of(slow), "Completed");
    expect_balanced(2);
}

TEST_F(AReversalScenario, IsAlsoChosenForAPhoneAnAmountOrTheNextReversal) {
    post("scenarios", R"({"phone":"254712345678","scenario":"reversal_no_role"})");
    EXPECT_EQ(reverse(paid(300), 300), "21");
    post("scenarios", R"({"phone":"254712345678","scenario":"reversal_done"})");
    EXPECT_EQ(reverse(paid(301), 301), "0");
    post("scenarios", R"({"amount":77,"scenario":"reversal_busy"})");
    EXPECT_EQ(reverse(paid_by("254722222222", 77), 77), "26");
    post("scenarios", R"({"next":true,"scenario":"reversal_unknown_code"})");
    const auto receipt = paid(302);
    EXPECT_EQ(reverse(receipt, 302), "R000099");
    EXPECT_EQ(reverse(receipt, 302), "0");
}

TEST_F(AReversalScenario, IsListedWithTheWayToReachIt) {
    const auto body = get("scenarios");
    const auto& list = *body.find("reversal_scenarios")->array();
    EXPECT_EQ(list.size(), reversal_scenarios().size());
    for (const auto& entry : list) {
        EXPECT_NE(entry.text_at("what"), "") << entry.text_at("scenario");
        EXPECT_NE(entry.text_at("what"), "An error occurred.") << entry.text_at("scenario");
    }
}

}  // namespace
}  // namespace lango::simulator
