// What of payouts and reversals survives the death of the process.
#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class ThePayoutsJournal : public PayoutsTest {};

TEST_F(ThePayoutsJournal, BringsBackMoneyReceiptsAndIds) {
    pay_out("paid", phone, 1000);
    pay_out("failed", ending_with("124"));
    let_time_pass(10ms);
    const auto before = daraja_->ledger().payouts().at(0);
    callbacks_.clear();
    restart_with({});
    const auto& after = daraja_->ledger().payouts().at(0);
    EXPECT_EQ(after.receipt, before.receipt);
    EXPECT_EQ(after.originator_conversation_id, "paid");
    EXPECT_EQ(after.conversation_id, before.conversation_id);
    EXPECT_EQ(after.completed_at, before.completed_at);
    EXPECT_EQ(accounts().utility_minor, utility_start - 100'000);
    EXPECT_EQ(accounts().charges_minor, -500);
    for (const auto* id : {"paid", "failed"}) {
        EXPECT_EQ(pay_out(id), "");
        EXPECT_EQ(said(refused), "500 500.002.1001 Duplicate OriginatorConversationID.");
    }
    let_time_pass(1min);
    EXPECT_TRUE(callbacks_.empty());  // who did not get a result asks
    pay_out("another");
    let_time_pass(10ms);
    EXPECT_NE(daraja_->ledger().payouts().at(1).receipt, before.receipt);
    expect_paid_out(2);
}

TEST_F(ThePayoutsJournal, DecidesAnewWhatWasAcceptedAndNotEnded) {
    pay_out("open", phone, 1000);
    pay_out("waiting", ending_with("156"), 1000);
    pay_out("expired", ending_with("174"), 1000);
    restart_with({});
    expect_paid_out(0);
    let_time_pass(2min);
    expect_paid_out(2);
    restart_with({});
    let_time_pass(2min);
    expect_paid_out(2);
}

TEST_F(ThePayoutsJournal, IsWrittenBeforeTheReplyAndBeforeTheResult) {
    const auto lines = journal_.size();
    merchant_status = 0;
    pay_out("a");
    ASSERT_EQ(journal_.size(), lines + 1);
    EXPECT_NE(journal_.back().find("\"payout\""), std::string::npos);
    let_time_pass(5ms);
    ASSERT_EQ(journal_.size(), lines + 2);
    EXPECT_NE(journal_.back().find("\"paid_out\""), std::string::npos);
}

TEST_F(ThePayoutsJournal, KeepsReceiptsThatFailuresUsedUp) {
    post("settings", R"({"failed_with_receipt":true})");
    pay_out("failed", ending_with("124"));
    let_time_pass(10ms);
    const auto used = callbacks_.at(0).result().text_at("TransactionID");
    EXPECT_NE(used, "UKN0000000");
    restart_with({});
    pay_out("paid");
    let_time_pass(10ms);
    EXPECT_NE(daraja_->ledger().payouts().at(0).receipt, used);
}

TEST_F(ThePayoutsJournal, HoldsNoReceiptTwice) {
    pay_out("paid");
    let_time_pass(10ms);
    const auto line = journal_.back();
    EXPECT_THROW(daraja_->replay(line), std::runtime_error);
    EXPECT_THROW(daraja_->replay(R"({"transferred_from":"x","to":"bank","amount_minor":1,)"
                                 R"("completed_at":1})"),
                 std::runtime_error);
    EXPECT_THROW(daraja_->replay(R"({"reversed":"X","receipt":"Y","shortcode":1,)"
                                 R"("amount_minor":1,"completed_at":1})"),
                 std::runtime_error);
}

}  // namespace
}  // namespace lango::simulator
