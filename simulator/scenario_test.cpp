#include "simulator/scenario.hpp"

#include <set>

#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

class AScenario : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
    static std::string phone(std::string_view ending) { return "254712345" + std::string{ending}; }
    using Codes = std::vector<std::string>;
};

TEST(TheScenarios, HaveNamesAndEndingsOfTheirOwn) {
    std::set<std::string_view> names;
    std::set<std::string_view> endings;
    for (const auto& scenario : scenarios()) {
        EXPECT_TRUE(names.insert(scenario.name).second) << scenario.name;
        EXPECT_TRUE(endings.insert(scenario.phone_ending).second) << scenario.phone_ending;
        if (scenario.name == "paid") continue;
        ASSERT_EQ(scenario.phone_ending.size(), 3U) << scenario.name;
        EXPECT_EQ(scenario.phone_ending[0], '0') << scenario.name;
        EXPECT_EQ(&scenario_for_phone("254712345" + std::string{scenario.phone_ending}), &scenario);
    }
}

TEST(TheScenarios, LeaveOrdinaryPhonesAlone) {
    for (const auto* phone : {"254708374149", "254712345000", "254712345100", "254712345999", ""}) {
        EXPECT_EQ(scenario_for_phone(phone).name, "paid") << phone;
    }
}

// Every code of daraja.md 3.5 ends a payment: told once, asked alike, nothing moved.
TEST_F(AScenario, OfAFailureTellsItsCodeInCallbackAndQuery) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"001", "1"},    {"002", "2"},          {"003", "3"},     {"004", "4"},
        {"008", "8"},    {"017", "17"},         {"026", "26"},    {"031", "1001"},
        {"019", "1019"}, {"025", "1025"},       {"032", "1032"},  {"036", "1036"},
        {"037", "1037"}, {"021", "2001"},       {"028", "2028"},  {"086", "8006"},
        {"099", "9999"}, {"040", "SFC_IC0003"}, {"041", "E3008"}, {"042", "TP99999"}};
    for (const auto& [ending, code] : table) {
        callbacks_.clear();
        const auto id = push(phone(ending));
        let_time_pass(2s);
        EXPECT_EQ(codes(), Codes{code}) << ending;
        EXPECT_EQ(query(id), code) << ending;
    }
    expect_balanced(0);
}

TEST_F(AScenario, WithoutCallbackIsToldByTheQuery) {
    const auto paid = push(phone("050"));
    const auto unpaid = push(phone("051"));
    let_time_pass(10min);
    EXPECT_TRUE(callbacks_.empty());
    EXPECT_EQ(query(paid), "0");
    EXPECT_EQ(query(unpaid), "1032");
    expect_balanced(1);
}

TEST_F(AScenario, WithDuplicatesTellsOnePaymentThreeTimes) {
    push(phone("052"));
    let_time_pass(10s);
    ASSERT_EQ(codes(), (Codes{"0", "0", "0"}));
    EXPECT_EQ(callbacks_[0].text, callbacks_[2].text);
    expect_balanced(1);
}

TEST_F(AScenario, ThatIsLateIsPaidAtOnceAndToldInThreeMinutesOrAsSet) {
    const auto id = push(phone("053"));
    let_time_pass(2s);
    expect_balanced(1);
    EXPECT_EQ(query(id), "0");
    let_time_pass(179s);
    EXPECT_TRUE(callbacks_.empty());
    let_time_pass(1s);
    EXPECT_EQ(codes(), Codes{"0"});
    post("settings", R"({"late_by_ms":1000})");
    push(phone("053"), 5);
    let_time_pass(2500ms);
    EXPECT_EQ(callbacks_.size(), 2U);
}

TEST_F(AScenario, ThatIsEarlyTellsBeforeItAnswersThePush) {
    const auto sent = request("/mpesa/stkpush/v1/processrequest", push_body(phone("054"), 1000));
    const auto answer = ask(sent, 1900ms);
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_FALSE(answer);
    let_time_pass(200ms);
    expect_balanced(1);
}

TEST_F(AScenario, ThatReordersTellsAFailureAfterTheSuccess) {
    const auto id = push(phone("055"));
    let_time_pass(10s);
    EXPECT_EQ(codes(), (Codes{"0", "1032"}));
    EXPECT_EQ(query(id), "0");
    expect_balanced(1);
}

TEST_F(AScenario, ThatIsCancelledAndChargedTellsBoth) {
    const auto id = push(phone("056"));
    let_time_pass(10s);
    EXPECT_EQ(codes(), Codes{"1032"});
    EXPECT_EQ(query(id), "1032");
    expect_balanced(0);
    let_time_pass(20s);
    EXPECT_EQ(codes(), (Codes{"1032", "0"}));
    EXPECT_EQ(query(id), "0");
    expect_balanced(1);
}

TEST_F(AScenario, ThatIsCancelledChargesNobodyWhoHasSpentTheMoney) {
    const auto id = push(phone("056"), 250'000);
    let_time_pass(2s);
    post("scenarios", R"({"next":true,"scenario":"paid"})");
    EXPECT_NE(push(phone("056"), 249'999), "");
    let_time_pass(5s);
    post("scenarios", R"({"next":true,"scenario":"paid"})");
    EXPECT_NE(push(phone("056"), 2), "");
    let_time_pass(1min);
    EXPECT_EQ(codes(), (Codes{"1032", "0", "0"}));
    EXPECT_EQ(query(id), "1032");
    expect_balanced(2);
}

TEST_F(AScenario, ThatContradictsSaysFailedInTheQueryAndPaidInTheCallback) {
    const auto id = push(phone("057"));
    let_time_pass(10s);
    EXPECT_EQ(query(id), "1032");
    let_time_pass(3min);
    EXPECT_EQ(codes(), Codes{"0"});
    EXPECT_EQ(query(id), "0");
    expect_balanced(1);
}

TEST_F(AScenario, OfThePhase4999SaysSoUntilTheCallback) {
    const auto id = push(phone("058"));
    let_time_pass(10s);
    EXPECT_EQ(query(id), "4999");
    let_time_pass(3min);
    EXPECT_EQ(query(id), "0");
}

TEST_F(AScenario, OfAWrongAmountMovesTheRightOne) {
    push(phone("059"));
    let_time_pass(2s);
    EXPECT_EQ(callbacks_.at(0).item("Amount"), "1001.00");
    EXPECT_EQ(daraja_->ledger().payments().at(0).amount_minor, 100'000);
}

TEST_F(AScenario, OfALostReplyAcceptsAndSaysNothingForTwoMinutes) {
    const auto answer =
        ask(request("/mpesa/stkpush/v1/processrequest", push_body(phone("060"), 10)), 119s);
    EXPECT_FALSE(answer);
    EXPECT_EQ(codes(), Codes{"0"});
    const auto silent =
        ask(request("/mpesa/stkpush/v1/processrequest", push_body(phone("062"), 10)), 119s);
    EXPECT_FALSE(silent);
    EXPECT_EQ(callbacks_.size(), 1U);
    const auto dropped =
        ask(request("/mpesa/stkpush/v1/processrequest", push_body(phone("061"), 10)), 120s);
    ASSERT_TRUE(dropped);
    EXPECT_EQ(dropped->status, 504);
    expect_balanced(2);
}

TEST_F(AScenario, OfABadReplySubmitsNothing) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"063", "200 text/html"},
        {"064", "403 text/html"},
        {"065", "500 application/json"},
        {"066", "500 text/xml"},
        {"067", "429  "},
        {"068", "500 500.003.02 System is busy. Please try again in few minutes."},
        {"069", "500 500.003.03 Error Occurred: Quota Violation"},
        {"070", "404 404.001.03 Invalid Access Token"},
        {"071", "400 400.002.02 Bad Request - Invalid PhoneNumber"}};
    for (const auto& [ending, expected] : table) {
        EXPECT_EQ(said(send_push(push_body(phone(ending), 1000))), expected) << ending;
    }
    const auto fault = json::parse(send_push(push_body(phone("067"), 1000)).body).value();
    EXPECT_EQ(fault.find("fault")->find("detail")->text_at("errorcode"),
              "policies.ratelimit.SpikeArrestViolation");
    let_time_pass(5min);
    EXPECT_TRUE(callbacks_.empty());
    expect_balanced(0);
}

TEST_F(AScenario, OfAnIgnoredPromptEndsWithThePromptsLife) {
    const auto id = push(phone("073"));
    let_time_pass(59s);
    EXPECT_EQ(query(id), "500 500.001.1001 The transaction is being processed");
    let_time_pass(1s);
    EXPECT_EQ(codes(), Codes{"1037"});
    EXPECT_EQ(query(id), "1037");
}

TEST_F(AScenario, IsAlsoChosenForAPhoneAnAmountOrTheNextPush) {
    post("scenarios", R"({"phone":"254711111111","scenario":"cancelled"})");
    post("scenarios", R"({"amount":77,"scenario":"wrong_pin"})");
    push("254711111111", 77);
    push("254722222222", 77);
    let_time_pass(2s);
    EXPECT_EQ(codes(), (Codes{"1032", "2001"}));
    post("scenarios", R"({"next":true,"scenario":"bad_debt"})");
    push("254711111111", 78);
    let_time_pass(2s);
    push("254722222222", 78);
    let_time_pass(2s);
    EXPECT_EQ(codes(), (Codes{"1032", "2001", "E3008", "0"}));
    post("scenarios", R"({"phone":"254711111111","scenario":"paid"})");
    push("254711111111", 79);
    let_time_pass(2s);
    EXPECT_EQ(codes().back(), "0");
}

TEST_F(AScenario, HappensWithoutAPayerWhenItNeedsNone) {
    post("settings", R"({"auto_pay_ms":"off"})");
    push(phone("026"));
    let_time_pass(2s);
    EXPECT_EQ(codes(), Codes{"26"});
}

TEST_F(AScenario, IsListedWithTheWayToReachIt) {
    const auto body = get("scenarios");
    const auto& list = *body.find("scenarios")->array();
    EXPECT_EQ(list.size(), scenarios().size());
    for (const auto& entry : list)
        EXPECT_NE(entry.text_at("what"), "") << entry.text_at("scenario");
    post("scenarios", R"({"next":true,"scenario":"no such"})");
    EXPECT_EQ(admin_status, 400);
    post("scenarios", R"({"scenario":"paid"})");
    EXPECT_EQ(admin_status, 400);
}

}  // namespace
}  // namespace lango::simulator
