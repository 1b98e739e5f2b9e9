// A reversal's life: what its replies, results and questions say, lost, late, doubled.
#include "refunds/refunds_fixture.hpp"

namespace lango::refunds::test {
namespace {

class Reversal : public Refunds {
  protected:
    Reversal() : deposit_(paid()) {}
    // Submitted, and the reply lost.
    WithdrawalId lost() {
        const auto id = made(of(deposit_));
        EXPECT_EQ(take(), 1U);
        EXPECT_EQ(answer(id, Submitted::unknown), Settled::pending);
        return id;
    }
    // The rail's list of payments names no reversal, late and twice: submitted again.
    void not_found_twice(WithdrawalId id) {
        now_ += timing_.not_found_after;
        EXPECT_EQ(see(id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
        EXPECT_EQ(see(id, PayoutFate::not_found, PayoutSource::status), Settled::sent_again);
        EXPECT_EQ(take(), 1U);
    }
    DepositId deposit_;
};

TEST_F(Reversal, GoesOutForItsReceiptAndShortcode) {
    static_cast<void>(made(of(deposit_)));
    const auto taken = book_.write(
        [&](store::Tx& tx) { return withdrawals::take_payouts(tx, rail_, 10, timing_, now_); });
    ASSERT_EQ(taken.payouts.size(), 1U);
    ASSERT_TRUE(taken.payouts[0].reverses);
    EXPECT_EQ(taken.payouts[0].reverses->receipt, "UKN1AAAAAA");
    EXPECT_EQ(taken.payouts[0].reverses->shortcode, paybill);
}

TEST_F(Reversal, IsAskedAboutByItsReceipt) {
    static_cast<void>(lost());
    now_ += timing_.ask_after;
    const auto taken = book_.write([&](store::Tx& tx) {
        return withdrawals::take_questions(tx, rail_.goes, 10, timing_, now_);
    });
    ASSERT_EQ(taken.questions.size(), 1U);
    ASSERT_TRUE(taken.questions[0].reverses);
    EXPECT_EQ(taken.questions[0].reverses->receipt, "UKN1AAAAAA");
    EXPECT_EQ(taken.questions[0].originator_conversation_id, "");
}

TEST_F(Reversal, IsAskedAboutAsTheRailCallsIt) {
    static_cast<void>(sent(of(deposit_)));
    now_ += timing_.ask_after;
    const auto taken = book_.write([&](store::Tx& tx) {
        return withdrawals::take_questions(tx, rail_.goes, 10, timing_, now_);
    });
    ASSERT_EQ(taken.questions.size(), 1U);
    EXPECT_EQ(taken.questions[0].originator_conversation_id, "1-2-1");
}

TEST_F(Refunds, ByPayoutGoOutAsPayouts) {
    static_cast<void>(made(of(paid(), 300)));
    const auto taken = book_.write(
        [&](store::Tx& tx) { return withdrawals::take_payouts(tx, rail_, 10, timing_, now_); });
    ASSERT_EQ(taken.payouts.size(), 1U);
    EXPECT_FALSE(taken.payouts[0].reverses);
    EXPECT_EQ(taken.payouts[0].amount, Money::kes(300));
}

TEST_F(Reversal, LeavesTheAccountThatTheMoneyCameTo) {
    const auto id = sent(of(deposit_));
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"), Settled::paid);
    EXPECT_EQ(balance(paybill_account).posted, Money::zero());
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(row(id).receipt, "UKN1AAAAAA/reversed");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, ByPayoutLeaveTheAccountOfPayouts) {
    const auto before = balance(payout_account).posted;
    const auto id = sent(of(paid(), 300));
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(balance(payout_account).posted, before + Money::kes(300));
    EXPECT_EQ(balance(paybill_account).posted, Money::kes(-1000));
    EXPECT_EQ(row(id).receipt, "SG632NMUAB");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Reversal, ToldTwiceIsBookedOnce) {
    const auto id = sent(of(deposit_));
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"), Settled::paid);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"), Settled::duplicate);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::status, "UKNREV0001"), Settled::duplicate);
    EXPECT_EQ(claim(id, done_before()), Settled::duplicate);
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    EXPECT_FALSE(row(id).has(Flag::attention));
}

// The reply was lost, and the rail knows of no reversal: asked for again, it says that it was done.
// That was our own first asking.
TEST_F(Reversal, DoneBeforeTheSecondAskingWasDoneByTheFirst) {
    const auto id = lost();
    not_found_twice(id);
    answer(id, Submitted::accepted);
    EXPECT_EQ(claim(id, done_before()), Settled::paid);
    EXPECT_EQ(row(id).state, State::paid);
    EXPECT_FALSE(row(id).has(Flag::attention));
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    // And what the first asking brought comes late.
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"), Settled::duplicate);
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    EXPECT_EQ(broken_laws(), "");
}

// Somebody else's: by hand in the portal, or the rail's own. The payer has his money, our account
// has lost it: booked all the same, and a person is called.
TEST_F(Reversal, DoneBeforeTheFirstAskingWasDoneByAnother) {
    const auto id = sent(of(deposit_));
    EXPECT_EQ(claim(id, done_before()), Settled::paid);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(story(id), (std::vector{EventKind::created, EventKind::sending, EventKind::accepted,
                                      EventKind::done_before, EventKind::paid}));
    EXPECT_EQ(balance(paybill_account).posted, Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Reversal, IsNotSentAgainBeforeTheRailWasAskedLateAndTwice) {
    const auto id = lost();
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(see(id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    now_ += timing_.not_found_after;
    EXPECT_EQ(see(id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// Its receipt is its id: that the payouts of this rail have none does not matter.
TEST_F(Reversal, MayBeSentAgainWherePayoutsMayNot) {
    rail_.goes.knows_repeats = false;
    const auto id = lost();
    not_found_twice(id);
    EXPECT_EQ(row(id).sends, 2);
}

// The second asking may be declined because the first one did it.
TEST_F(Reversal, AskedForTwiceIsNotFailedByOneAnswer) {
    const auto id = lost();
    not_found_twice(id);
    answer(id, Submitted::accepted);
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::result, "", "1"), Settled::pending);
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::status, "", "Declined"),
              Settled::needs_person);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_TRUE(row(id).has(withdrawals::Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::person, "", "person"), Settled::failed);
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Reversal, OfAnotherAmountIsNotBelieved) {
    const auto id = sent(of(deposit_));
    rails::PayoutSeen seen;
    seen.fate = PayoutFate::paid;
    seen.receipt = "UKNREV0001";
    seen.amount = Money::kes(900);
    seen.conversation_id = "AG_1";
    EXPECT_EQ(claim(id, seen), Settled::amount_differs);
    EXPECT_EQ(row(id).state, State::unknown);
}

// Called failed, refunded by a payout, and reversed after all: the money left twice, which is
// booked, shown and told by the law.
TEST_F(Reversal, ThatWasDoneAfterItFailedIsBookedUncoveredAndTold) {
    const auto id = sent(of(deposit_));
    see(id, PayoutFate::failed, PayoutSource::result, "", "17");
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"),
              Settled::contradiction);
    EXPECT_EQ(balance(paybill_account).posted, Money::zero());
    EXPECT_EQ(balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()}).posted,
              Money::kes(-1000));
    EXPECT_EQ(refused(of(deposit_)), "All of receipt UKN1AAAAAA is refunded, or about to be.")
        << "what left uncovered counts";
    EXPECT_EQ(broken_laws(), "");
    EXPECT_EQ(claim(id, done_before()), Settled::duplicate);
}

TEST_F(Reversal, ThatTurnsOutDoneBesideAPayoutIsToldByTheLaw) {
    const auto id = sent(of(deposit_));
    see(id, PayoutFate::failed, PayoutSource::result, "", "1");
    auto again = of(deposit_);
    again.method = Method::payout;
    see(sent(again), PayoutFate::paid);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"),
              Settled::contradiction);
    EXPECT_EQ(
        broken_laws(),
        "RefundedAtMostCaptured: receipt UKN1AAAAAA of 100000: refunds of it sum to 200000\n");
}

// The cap is kept where refunds are made. What the rail has done is booked whatever it breaks.
TEST_F(Refunds, ThatBreakTheCapAreBookedAndFlagged) {
    const auto first = sent(of(paid(1000, "UKN1AAAAAA"), 800));
    const auto second = sent(of(paid(1000, "UKN2AAAAAA"), 700));
    book_.write([&](store::Tx& tx) {
        return tx.run("UPDATE refunds SET receipt = 'UKN1AAAAAA' WHERE receipt = 'UKN2AAAAAA'");
    });
    EXPECT_EQ(see(first, PayoutFate::paid, PayoutSource::result, "SG632NMUAB"), Settled::paid);
    EXPECT_EQ(see(second, PayoutFate::paid, PayoutSource::result, "SG632NMUAC"), Settled::paid);
    EXPECT_EQ(row(second).state, State::paid);
    EXPECT_TRUE(row(second).has(Flag::attention));
    EXPECT_EQ(story(second),
              (std::vector{EventKind::created, EventKind::sending, EventKind::accepted,
                           EventKind::over_refunded, EventKind::paid}));
    EXPECT_EQ(
        broken_laws(),
        "RefundedAtMostCaptured: receipt UKN1AAAAAA of 100000: refunds of it sum to 150000\n");
}

TEST_F(Reversal, TellsNoMerchant) {
    const auto id = sent(of(deposit_));
    see(id, PayoutFate::paid);
    EXPECT_TRUE(told_.empty());
    const auto postbacks = book_.number(
        "SELECT COUNT(*) FROM postbacks p JOIN refunds f ON f.withdrawal_id = p.subject_id");
    EXPECT_EQ(postbacks, 0);
}

}  // namespace
}  // namespace lango::refunds::test
