#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Submitted;

TEST_F(Withdrawals, APaidOneCapturesItsHoldAndTellsTheMerchant) {
    fee_ = Money::kes(15);
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(row(id).state, State::paid);
    EXPECT_EQ(balance().posted, Money::kes(98'985));
    EXPECT_EQ(balance().held, Money::zero());
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":1)"), std::string::npos);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AFailedOneReleasesItsHold) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::result, "", "2040"), Settled::failed);
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":5)"), std::string::npos);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AManualOneTellsNobody) {
    const auto id = create(1000, Kind::manual);
    take();
    answer(*id, Submitted::accepted);
    EXPECT_EQ(see(*id, PayoutFate::paid), Settled::paid);
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, TheSameResultTwiceTellsNothingNew) {
    const auto id = sent();
    see(id, PayoutFate::paid);
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::duplicate);
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_EQ(balance().posted, Money::kes(99'000));
}

TEST_F(Withdrawals, AResultMayComeBeforeTheReply) {
    const auto id = create();
    take();
    EXPECT_EQ(see(*id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(answer(*id, Submitted::accepted), Settled::ignored);
    EXPECT_EQ(row(*id).state, State::paid);
}

TEST_F(Withdrawals, ALostReplyKeepsTheHoldUntilTheRailWasAsked) {
    const auto id = create();
    take();
    EXPECT_EQ(answer(*id, Submitted::unknown), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(questions(), 0U);
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(see(*id, PayoutFate::paid, PayoutSource::status), Settled::paid);
}

TEST_F(Withdrawals, AQueueTimeoutIsNoFailure) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::pending, PayoutSource::timeout), Settled::pending);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
}

TEST_F(Withdrawals, ACodeNobodyKnowsIsNoFailure) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::unknown, PayoutSource::result, "", "TP999"),
              Settled::unknown_code);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// Believed only late and twice; then the same id goes out again, never a new one.
TEST_F(Withdrawals, NotFoundIsBelievedLateAndTwice) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(row(*id).not_found, 0) << "too young";
    now_ += timing_.not_found_after;
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::sent_again);
    EXPECT_EQ(row(*id).state, State::queued);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(*id).sends, 2);
}

TEST_F(Withdrawals, WhereTheRailForgetsIdsAPersonDecides) {
    knows_repeats_ = false;
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    see(*id, PayoutFate::not_found, PayoutSource::status);
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// A result names one submission; the question names the id.
TEST_F(Withdrawals, AFailureAfterASecondSubmissionMustBeAsked) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    see(*id, PayoutFate::not_found, PayoutSource::status);
    see(*id, PayoutFate::not_found, PayoutSource::status);
    take();
    answer(*id, Submitted::accepted);
    EXPECT_EQ(see(*id, PayoutFate::failed, PayoutSource::result, "", "15"), Settled::pending);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(see(*id, PayoutFate::failed, PayoutSource::status, "", "2040"), Settled::failed);
    EXPECT_EQ(balance().held, Money::zero());
}

TEST_F(Withdrawals, WhatIsFinalIsNotOverwritten) {
    const auto paid = sent();
    see(paid, PayoutFate::paid);
    EXPECT_EQ(see(paid, PayoutFate::failed, PayoutSource::result, "", "2040"),
              Settled::contradiction);
    EXPECT_EQ(row(paid).state, State::paid);
    EXPECT_TRUE(row(paid).has(Flag::attention));
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

// The merchant's hold was released; the money that left all the same is booked and shouted about,
// so that both ledgers still say the same.
TEST_F(Withdrawals, MoneyThatLeavesAfterAFailureIsBooked) {
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "1");
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::contradiction);
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::duplicate);
    EXPECT_EQ(row(id).state, State::failed);
    const auto owed = balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()});
    EXPECT_EQ(owed.posted, -Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AReceiptPaysOneWithdrawalOnly) {
    const auto first = sent();
    const auto second = sent();
    see(first, PayoutFate::paid);
    EXPECT_EQ(see(second, PayoutFate::paid), Settled::receipt_used);
    EXPECT_EQ(row(second).state, State::sent);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

// A third try with wrong credentials locks them (daraja.md 5.2).
TEST_F(Withdrawals, WrongCredentialsHaltEverything) {
    const auto id = sent();
    EXPECT_EQ(
        see(id, PayoutFate::failed, PayoutSource::result, "", "2001", rails::Halts::everything),
        Settled::failed);
    ASSERT_TRUE(create());
    EXPECT_EQ(take(), 0U);
    const auto halt = book_.write([](store::Tx& tx) { return open_halt(tx); });
    ASSERT_TRUE(halt);
    EXPECT_EQ(halt->code, "2001");
    EXPECT_TRUE(book_.write([&](store::Tx& tx) { return end_halt(tx, "a person", now_); }));
    EXPECT_EQ(take(), 1U);
}

TEST_F(Withdrawals, WhatWasNotSubmittedGoesOutAgainUnderItsId) {
    const auto id = create();
    take();
    EXPECT_EQ(answer(*id, Submitted::not_submitted), Settled::pending);
    EXPECT_EQ(take(), 0U);
    now_ += send_pause(1);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(*id).sends, 1) << "the first never reached the rail";
}

TEST_F(Withdrawals, ASubmissionNobodyRecordedIsAskedAbout) {
    const auto id = create();
    take();  // and killed
    now_ += timing_.pay_timeout;
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(row(*id).state, State::unknown);
}

TEST_F(Withdrawals, AskingEndsWithAPerson) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    int asked = 0;
    while (row(*id).due_at) {
        now_ = *row(*id).due_at;
        questions();
        ++asked;
    }
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_GE(now_, start + timing_.settle_within);
    EXPECT_LT(asked, 60);
    EXPECT_EQ(balance().held, Money::kes(1000)) << "silence is never failure";
}

}  // namespace
}  // namespace lango::withdrawals::test
