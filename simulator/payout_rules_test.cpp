// The rules of payouts that hold for everybody: limits, the Utility account, fees, transfers.
#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class APayoutRule : public PayoutsTest {
  protected:
    static Config with_utility(std::int64_t shillings) {
        Config config;
        config.shortcodes.at(1).utility_start_minor = shillings * 100;
        return config;
    }
    std::string transfer(const std::string& from, const std::string& to, std::int64_t amount) {
        const auto answer = post("transfers", R"({"from":")" + from + R"(","to":")" + to +
                                                  R"(","amount":)" + std::to_string(amount) + "}");
        return admin_status == 200 ? "" : answer.text_at("error");
    }
};

TEST_F(APayoutRule, LetsFrom10To250000ShillingsPass) {
    EXPECT_EQ(outcome(phone, 9), "2");
    EXPECT_EQ(outcome(phone, 10), "0");
    EXPECT_EQ(outcome(phone, 250'000), "0");
    EXPECT_EQ(outcome(phone, 250'001), "3");
    expect_paid_out(2);
}

TEST_F(APayoutRule, LetsHalfAMillionReachAPhoneADayInNairobiAndHoldNoMore) {
    EXPECT_EQ(outcome(phone, 250'000), "0");
    EXPECT_EQ(outcome(phone, 249'990), "0");
    EXPECT_EQ(outcome(phone, 11), "4");
    clock_.advance_to(began + 12h);  // midnight there
    log_in();
    EXPECT_EQ(outcome(phone, 11), "8");
    EXPECT_EQ(outcome(phone, 10), "0");
    EXPECT_EQ(outcome(phone, 10), "8");
    push(phone, 100);
    let_time_pass(2s);
    EXPECT_EQ(outcome(phone, 100), "0");
    EXPECT_EQ(outcome("254712345679", 100), "0");
    expect_paid_out(5);
}

TEST_F(APayoutRule, TakesFromTheUtilityAccountAndNoOther) {
    auto config = with_utility(1000);
    config.shortcodes.at(1).working_start_minor = 500'000;
    begin_with(std::move(config));
    EXPECT_EQ(outcome(phone, 1001), "1");
    EXPECT_EQ(outcome(phone, 600), "0");
    EXPECT_EQ(outcome(phone, 401), "1");
    EXPECT_EQ(outcome(phone, 400), "0");
    EXPECT_EQ(accounts().utility_minor, 0);
    EXPECT_EQ(accounts().working_minor, 500'000);
    expect_paid_out(2);
}

TEST_F(APayoutRule, IsForTheShortcodeOfPayoutsOnly) {
    EXPECT_EQ(outcome(phone, 100, {{"PartyA", "174379"}}), "2028");
    refused = send_push(push_body(phone, 10, {{"BusinessShortCode", "600996"}}));
    EXPECT_EQ(said(refused), "500 500.001.1001 Merchant does not exist");
    expect_paid_out(0);
}

TEST_F(APayoutRule, ChargesByBands) {
    std::int64_t paid = 0;
    for (const auto& [amount, fee] : std::vector<std::pair<std::int64_t, std::int64_t>>{
             {100, 0}, {101, 5}, {1500, 5}, {1501, 9}, {5001, 11}, {20'000, 11}, {20'001, 13}}) {
        EXPECT_EQ(outcome(phone, amount), "0");
        paid += fee * 100;
        EXPECT_EQ(accounts().charges_minor, -paid) << amount;
    }
    EXPECT_EQ(daraja_->ledger().fees(), paid);
    expect_paid_out(7);
}

TEST_F(APayoutRule, IsMetAgainWhenSomebodyMovesMoneyToUtility) {
    begin_with(with_utility(0));
    push(phone, 1000);
    let_time_pass(2s);
    EXPECT_EQ(outcome(phone, 1000), "1");
    EXPECT_EQ(transfer("174379.working", "600996.utility", 1000), "");
    EXPECT_EQ(accounts(174379).working_minor, 0);
    EXPECT_EQ(outcome(phone, 1000), "0");
    EXPECT_EQ(transfer("174379.working", "600996.utility", 1), "174379.working has less");
    EXPECT_EQ(transfer("bank", "600996.working", 50), "");
    EXPECT_EQ(transfer("600996.working", "600996.utility", 50), "");
    EXPECT_EQ(transfer("600996.utility", "bank", 50), "");
    EXPECT_EQ(transfer("600996.charges", "bank", 50), "there is no account 600996.charges");
    EXPECT_EQ(transfer("bank", "600000.utility", 50), "there is no account 600000.utility");
    EXPECT_EQ(transfer("bank", "bank", 0), "an amount is more than nothing");
    expect_paid_out(1);
    restart_with(with_utility(0));
    EXPECT_EQ(accounts().utility_minor, 0);
    EXPECT_EQ(accounts(174379).working_minor, 0);
    expect_paid_out(1);
}

TEST_F(APayoutRule, LeavesAllAccountsInTheLedgersAnswer) {
    push(phone, 300);
    let_time_pass(2s);
    EXPECT_EQ(outcome("254712345679", 1000), "0");
    const auto ledger = get("ledger?wallets=true");
    const auto& shortcodes = *ledger.find("shortcodes")->array();
    ASSERT_EQ(shortcodes.size(), 2U);
    EXPECT_EQ(shortcodes[0].text_at("working_minor"), "30000");
    EXPECT_EQ(shortcodes[1].text_at("utility_minor"), std::to_string(utility_start - 100'000));
    EXPECT_EQ(shortcodes[1].text_at("charges_paid_minor"), "-500");
    EXPECT_EQ(shortcodes[1].text_at("payouts"), "1");
    EXPECT_EQ(ledger.find("wallets")->text_at("254712345679"), "50100000");
    EXPECT_EQ(ledger.text_at("fees_minor"), "500");
    EXPECT_EQ(ledger.text_at("sum_minor"), "0");
    EXPECT_TRUE(*ledger.find("balanced")->boolean());
    EXPECT_EQ(get("ledger").find("wallets"), nullptr);
}

TEST_F(APayoutRule, ListsWhatMovedInPages) {
    for (int i = 0; i < 3; ++i) pay_out("w" + std::to_string(i), phone, 10 + i);
    pay_out("failed", ending_with("124"));
    let_time_pass(10ms);
    const auto page = get("payouts?after=1&limit=1");
    const auto& rows = *page.find("payouts")->array();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].text_at("seq"), "2");
    EXPECT_EQ(rows[0].text_at("receipt"), daraja_->ledger().payouts()[1].receipt);
    EXPECT_EQ(rows[0].text_at("originator_conversation_id"), "w1");
    EXPECT_EQ(rows[0].text_at("conversation_id"),
              callbacks_.at(1).result().text_at("ConversationID"));
    EXPECT_EQ(rows[0].text_at("phone"), phone);
    EXPECT_EQ(rows[0].text_at("amount_minor"), "1100");
    EXPECT_EQ(rows[0].text_at("at"), std::to_string(to_micros(began + 5ms)));
    EXPECT_TRUE(get("payouts?after=3").find("payouts")->array()->empty());
}

}  // namespace
}  // namespace lango::simulator
