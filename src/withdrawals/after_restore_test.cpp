// Payouts of an older backup that was put back: none goes out before it was asked about and a
// person has looked, and what the rail tells of rows that are gone is a claim.
#include "withdrawals/after_restore.hpp"

#include "restore/restoration.hpp"
#include "withdrawals/approve.hpp"
#include "withdrawals/cover.hpp"
#include "withdrawals/lost.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

class AfterRestore : public Withdrawals {
  protected:
    void put_back() {
        now_ += 1h;
        book_.write([&](store::Tx& tx) {
            EXPECT_TRUE(restore::begin(tx, "a test", now_));
            doubt_all(tx, rail_.goes, now_);
        });
    }
    void lift() {
        book_.write([&](store::Tx& tx) {
            restore::lift(tx, *restore::open_restoration(tx), "amina", now_);
        });
    }
    std::int64_t unanswered() {
        return book_.write([&](store::Tx& tx) {
            return withdrawals::unanswered(tx, restore::open_restoration(tx)->found_at);
        });
    }
    // It waits for one person's approval, or for its money.
    WithdrawalId waiting(bool for_approval) {
        const WithdrawalId id{next_id()};
        const auto made = book_.write([&](store::Tx& tx) {
            return withdrawals::create(tx,
                                       {.id = id,
                                        .merchant = shop,
                                        .withdrawal_id = "",
                                        .label = "user",
                                        .phone = *Msisdn::parse("254712345678"),
                                        .amount = Money::kes(for_approval ? 1000 : 150'000),
                                        .fee = fee_,
                                        .comment = "pay",
                                        .needs_approval = for_approval,
                                        .may_wait_for_cover = true},
                                       now_);
        });
        EXPECT_TRUE(made.has_value());
        EXPECT_EQ(row(id).state, State::waiting);
        return id;
    }
    Decided approve(WithdrawalId id) {
        const auto seen = approval_code(row(id));
        return book_
            .write(
                [&](store::Tx& tx) { return withdrawals::approve(tx, id, "brian", seen, 1, now_); })
            .what;
    }
    Decided reject(WithdrawalId id) {
        return book_
            .write([&](store::Tx& tx) {
                return withdrawals::reject(tx, id, "brian", "", context(), now_);
            })
            .what;
    }
    // By the result that the rail tells of itself, under our id.
    rails::PayoutSeen told_paid(WithdrawalId id) {
        auto seen = seen_paid(PayoutSource::result);
        seen.our_id = row(id).payout_id;
        return seen;
    }
    static rails::PayoutSeen seen_paid(PayoutSource source) {
        rails::PayoutSeen seen;
        seen.source = source;
        seen.fate = PayoutFate::paid;
        seen.code = "0";
        seen.receipt = "SG632NMUAB";
        seen.amount = Money::kes(1000);
        seen.raw = "{}";
        return seen;
    }
};

TEST_F(AfterRestore, WhatStoodQueuedIsAskedAboutAndDoesNotGoOut) {
    const auto id = *create();
    put_back();
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(unanswered(), 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AfterRestore, WhatWasPaidSinceIsPaidByItsStatus) {
    const auto id = *create();
    put_back();
    EXPECT_EQ(claim(id, seen_paid(PayoutSource::status)), Settled::paid);
    EXPECT_EQ(unanswered(), 0);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AfterRestore, WhatTheRailDoesNotKnowGoesOutOnceAPersonHasLooked) {
    const auto id = *create();
    now_ += 72h;
    put_back();
    EXPECT_EQ(not_found(id, "q1"), Settled::pending);
    EXPECT_EQ(not_found(id, "q2"), Settled::sent_again);
    EXPECT_EQ(row(id).state, State::queued);
    EXPECT_EQ(take(), 0U) << "halted";
    lift();
    EXPECT_EQ(take(), 1U);
    answer(id, rails::Submitted::accepted);
    EXPECT_EQ(claim(id, told_paid(id)), Settled::paid) << "the rail had not had it before";
}

TEST_F(AfterRestore, WhatWaitedForApprovalIsAskedAboutBeforeItGoesOut) {
    const auto id = waiting(true);
    now_ += 72h;
    put_back();
    EXPECT_EQ(unanswered(), 0) << "nobody has let it go: it keeps nobody from lifting";
    lift();
    EXPECT_EQ(approve(id), Decided::queued);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(claim(id, seen_paid(PayoutSource::status)), Settled::paid) << "it had gone out";
    EXPECT_EQ(row(id).sends, 0);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AfterRestore, WhatWaitedForApprovalAndTheRailDoesNotKnowGoesOutOnce) {
    const auto id = waiting(true);
    now_ += 72h;
    put_back();
    lift();
    EXPECT_EQ(approve(id), Decided::queued);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(not_found(id, "q1"), Settled::pending);
    EXPECT_EQ(not_found(id, "q2"), Settled::sent_again);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(id).sends, 1);
    answer(id, rails::Submitted::not_submitted);
    now_ += 1min;
    EXPECT_EQ(take(), 1U) << "asked once";
    answer(id, rails::Submitted::accepted);
    EXPECT_EQ(claim(id, told_paid(id)), Settled::paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AfterRestore, WhatWaitedForItsMoneyIsAskedAboutBeforeItGoesOut) {
    const auto id = waiting(false);
    put_back();
    lift();
    credit(50'000);
    static_cast<void>(book_.write([&](store::Tx& tx) { return cover(tx, id, context(), now_); }));
    EXPECT_EQ(row(id).state, State::queued);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

// Each backup that is put back may be the one before it went out.
TEST_F(AfterRestore, WhatWasAskedAboutIsAskedAboutAgainAfterAnotherRestore) {
    const auto id = waiting(true);
    put_back();
    lift();
    EXPECT_EQ(approve(id), Decided::queued);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(not_found(id, "q1"), Settled::pending);
    EXPECT_EQ(not_found(id, "q2"), Settled::sent_again);
    put_back();
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(unanswered(), 1);
}

// A person calls back what the newer database had let go: the rail is asked, and what left is
// booked.
TEST_F(AfterRestore, WhatIsRejectedIsAskedAboutAllTheSame) {
    const auto id = waiting(true);
    put_back();
    EXPECT_EQ(reject(id), Decided::rejected);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(claim(id, seen_paid(PayoutSource::status)), Settled::contradiction);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()}).posted,
              -Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
    now_ += 1s;
    const auto later = waiting(true);
    EXPECT_EQ(reject(later), Decided::rejected);
    now_ += 1h;
    EXPECT_EQ(questions(), 0U) << "made since: the rail cannot have it";
}

TEST_F(AfterRestore, WhatWasSentIsAskedAboutAtOnce) {
    const auto id = sent();
    put_back();
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(claim(id, told_paid(id)), Settled::paid);
}

TEST_F(AfterRestore, NewWithdrawalsAreTakenAndWaitForTheLift) {
    put_back();
    now_ += 1s;
    const auto id = *create();
    EXPECT_EQ(row(id).state, State::queued);
    EXPECT_EQ(take(), 0U);
    lift();
    EXPECT_EQ(take(), 1U);
}

// Version 1 gives the rail no id of ours.
TEST_F(AfterRestore, ByTheOldVersionAlwaysWaitsForAPerson) {
    rail_.goes.knows_repeats = false;
    const auto queued = *create();
    put_back();
    EXPECT_TRUE(row(queued).has(Flag::attention));
    EXPECT_FALSE(row(queued).due_at);
    EXPECT_EQ(questions(), 0U);
    EXPECT_EQ(unanswered(), 0) << "a person has it";
    lift();
    EXPECT_EQ(take(), 0U);
}

TEST_F(AfterRestore, ByTheOldVersionStaysWithAPersonThoughItWaitedForApproval) {
    rail_.goes.knows_repeats = false;
    const auto id = *create();
    book_.write([&](store::Tx& tx) { tx.run("UPDATE withdrawals SET state = 1, due_at = NULL"); });
    put_back();
    lift();
    book_.write(
        [&](store::Tx& tx) { tx.run("UPDATE withdrawals SET state = 2, due_at = ?1", now_); });
    EXPECT_EQ(take(), 0U);
    EXPECT_TRUE(row(id).has(Flag::attention));
}

// A snapshot of the whole machine has the mark in it, and no restore is found: the row alone is
// older than the rail surely knows its id.
TEST_F(Withdrawals, WhatIsQueuedForADayIsAskedAboutBeforeItFirstGoesOut) {
    const auto old = *create();
    now_ += timing_.repeats_within;
    const auto fresh = *create();
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(fresh).state, State::sending);
    EXPECT_EQ(row(old).state, State::unknown);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(not_found(old, "AG_1"), Settled::pending);
    EXPECT_EQ(not_found(old, "AG_2"), Settled::sent_again);
    EXPECT_EQ(take(), 1U) << "the rail knows nothing of it";
    EXPECT_EQ(row(old).sends, 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, WhatIsQueuedForADayAndWasPaidIsNotPaidAgain) {
    const auto old = *create();
    now_ += timing_.repeats_within;
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(see(old, PayoutFate::paid, PayoutSource::status), Settled::paid);
    EXPECT_EQ(row(old).sends, 0);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(broken_laws(), "");
}

// Version 1 gives the rail nothing to know it by.
TEST_F(Withdrawals, WhatIsQueuedForADayGoesOutWhereTheRailCannotBeAsked) {
    rail_.goes.knows_repeats = false;
    static_cast<void>(create());
    now_ += timing_.repeats_within;
    EXPECT_EQ(take(), 1U);
}

// After a halt of a day the smallest tries, and its question uses the credential first: no other
// does.
TEST_F(Withdrawals, AfterAHaltOfADayTheQuestionAboutWhatTriesIsTheOnlyOne) {
    const auto wrong = sent();
    see(wrong, PayoutFate::failed, PayoutSource::result, "", "2001", rails::Halts::everything);
    static_cast<void>(create(3000));
    const auto smallest = *create(2000);
    now_ += timing_.repeats_within;
    ASSERT_TRUE(book_.write([&](store::Tx& tx) { return lift_halt(tx, "amina", now_); }));
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(take(), 0U) << "nor does another begin to try";
    EXPECT_EQ(row(smallest).state, State::unknown);
    EXPECT_EQ(questions(), 1U);
    not_found(smallest, "AG_1");
    not_found(smallest, "AG_2");
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(smallest).state, State::sending);
}

TEST_F(AfterRestore, AResultForARowThatIsGoneIsAClaimOnce) {
    const WithdrawalId gone{next_id()};
    auto seen = seen_paid(PayoutSource::result);
    seen.our_id = "lango-0123456789abcdef0123456789abcd";
    EXPECT_EQ(claim(gone, seen), Settled::unknown_withdrawal);
    EXPECT_EQ(claim(gone, seen), Settled::unknown_withdrawal);
    const auto lost = book_.write([](store::Tx& tx) { return open_lost(tx, 10); });
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost.front().receipt, "SG632NMUAB");
    EXPECT_EQ(lost.front().amount, Money::kes(1000));
    EXPECT_EQ(lost.front().payout_id, seen.our_id);
}

TEST_F(AfterRestore, AResultForARowThatIsGoneSettlesTheSameRequestMadeAgain) {
    const WithdrawalId gone{next_id()};
    const auto again = sent();
    auto seen = seen_paid(PayoutSource::result);
    seen.our_id = row(again).payout_id;
    EXPECT_EQ(claim(gone, seen), Settled::paid);
    EXPECT_EQ(row(again).state, State::paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AfterRestore, ALostPayoutStandsAgainstTheMerchantWhomAPersonNames) {
    claim(WithdrawalId{next_id()}, seen_paid(PayoutSource::result));
    const auto book = [&](std::string_view receipt) {
        return book_.write([&](store::Tx& tx) {
            return book_lost(tx, receipt, shop, shortcode, std::nullopt, now_);
        });
    };
    EXPECT_EQ(book("SG632NMUAX"), Claimed::no_such);
    EXPECT_EQ(book("SG632NMUAB"), Claimed::booked);
    EXPECT_EQ(book("SG632NMUAB"), Claimed::no_such);
    EXPECT_EQ(balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()}).posted,
              -Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::withdrawals::test
