// The rules that hold for everybody: limits, balances, pauses, the prompt's length.
#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

constexpr const char* phone = "254712345678";

class ARule : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
    std::string outcome(const std::string& payer, std::int64_t shillings) {
        callbacks_.clear();
        push(payer, shillings);
        let_time_pass(2s);
        return callbacks_.empty() ? "" : callbacks_[0].code();
    }
};

TEST_F(ARule, TakesFrom1To250000Shillings) {
    EXPECT_EQ(outcome(phone, 0), "2");
    EXPECT_EQ(outcome(phone, 1), "0");
    EXPECT_EQ(outcome(phone, 250'000), "0");
    EXPECT_EQ(outcome(phone, 250'001), "3");
    expect_balanced(2);
}

TEST_F(ARule, LetsHalfAMillionPassADayInNairobi) {
    Config rich;
    rich.wallet_start_minor = 200'000'000;
    begin(std::move(rich));
    EXPECT_EQ(outcome(phone, 250'000), "0");
    EXPECT_EQ(outcome(phone, 249'999), "0");
    EXPECT_EQ(outcome(phone, 2), "4");
    EXPECT_EQ(outcome(phone, 1), "0");
    EXPECT_EQ(outcome(phone, 5), "4");
    clock_.advance_to(began + 12h);  // midnight there, nine in the evening in UTC
    log_in();
    EXPECT_EQ(outcome(phone, 5), "0");
}

TEST_F(ARule, TakesNoMoreThanTheWalletHas) {
    Config poor;
    poor.wallet_start_minor = 100'00;
    begin(std::move(poor));
    EXPECT_EQ(outcome(phone, 101), "1");
    EXPECT_EQ(outcome(phone, 60), "0");
    EXPECT_EQ(outcome(phone, 41), "1");
    EXPECT_EQ(outcome(phone, 40), "0");
    EXPECT_EQ(outcome(phone, 1), "1");
    expect_balanced(2);
    EXPECT_EQ(daraja_->ledger().wallets_total(), 0);
}

TEST_F(ARule, LimitsTheSameAmountFromTheSamePhoneForTwoMinutes) {
    EXPECT_EQ(outcome(phone, 500), "0");
    EXPECT_EQ(outcome(phone, 500), "17");
    EXPECT_EQ(outcome(phone, 501), "0");
    EXPECT_EQ(outcome("254712345679", 500), "0");
    clock_.advance_to(began + 121s);
    EXPECT_EQ(outcome(phone, 500), "0");
    expect_balanced(4);
}

TEST_F(ARule, SendsNoPromptOfMoreThan182Characters) {
    const std::string reference(200, 'x');
    send_push(push_body(phone, 10, {{"AccountReference", '"' + reference + '"'}}));
    let_time_pass(2s);
    EXPECT_EQ(codes(), std::vector<std::string>{"1025"});
}

TEST_F(ARule, MakesReceiptsThatAreDatedAndNeverTheSame) {
    std::vector<std::string> receipts;
    for (int i = 0; i < 50; ++i) {
        push("2547123457" + std::to_string(10 + i), 10);
        let_time_pass(2s);
        receipts.push_back(callbacks_.back().item("MpesaReceiptNumber"));
        EXPECT_EQ(receipts.back().size(), 10U);
        EXPECT_EQ(receipts.back().substr(0, 3), "UKN");  // 23 November 2026
    }
    std::ranges::sort(receipts);
    EXPECT_EQ(std::ranges::adjacent_find(receipts), receipts.end());
}

}  // namespace
}  // namespace lango::simulator
