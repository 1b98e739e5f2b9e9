// What is claimed of a payout's end, and how far it is believed.
#include "withdrawals/lost.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Submitted;

// Of a rail whose reply was lost: no id of its is known.
class Claimed : public Withdrawals {
  protected:
    WithdrawalId lost() {
        const auto id = *create();
        take();
        answer(id, Submitted::unknown);
        return id;
    }
    static rails::PayoutSeen success(const std::string& receipt = "SG632NMUAB") {
        rails::PayoutSeen seen;
        seen.fate = PayoutFate::paid;
        seen.code = "0";
        seen.receipt = receipt;
        seen.amount = Money::kes(1000);
        seen.raw = "result " + receipt;
        return seen;
    }
};

// The result of another request at this payout's address: it was believed once.
TEST_F(Claimed, SuccessWithoutAnIdThatIsKnownIsAskedAbout) {
    const auto id = lost();
    auto foreign = success();
    foreign.conversation_id = "AG_other";
    foreign.originator_conversation_id = "29115-34620561-1";
    EXPECT_EQ(claim(id, foreign), Settled::claimed);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(row(id).due_at, now_);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(claim(id, foreign), Settled::duplicate) << "one question for it";
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::status), Settled::paid);
    EXPECT_EQ(balance().posted, Money::kes(99'000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Claimed, SuccessWithoutAmountIsAskedAbout) {
    const auto id = sent();
    auto seen = success();
    seen.conversation_id = "AG_1";
    seen.amount.reset();
    EXPECT_EQ(claim(id, seen), Settled::claimed);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
    seen.source = PayoutSource::status;
    EXPECT_EQ(claim(id, seen), Settled::claimed) << "nor does such an answer prove it";
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// The answer to a question about another payout, at this one's address.
TEST_F(Claimed, AnAnswerOfAnothersIdsSettlesNothing) {
    for (const bool paid : {true, false}) {
        const auto id = sent();
        auto foreign = success("SG632NMUAX");
        foreign.source = PayoutSource::status;
        foreign.code = "Completed";
        foreign.conversation_id = "AG_other";
        if (!paid) {
            foreign.fate = PayoutFate::failed;
            foreign.code = "Declined";
        }
        EXPECT_EQ(claim(id, foreign), Settled::claimed);
        EXPECT_EQ(row(id).state, State::unknown);
        EXPECT_TRUE(row(id).due_at) << "it is asked about again";
        EXPECT_TRUE(row(id).has(Flag::attention)) << "and a person looks";
        EXPECT_EQ(claim(id, foreign), Settled::duplicate);
        EXPECT_EQ(row(id).receipt, "");
        EXPECT_GE(balance().held, Money::kes(1000));
        EXPECT_TRUE(told_.empty());
    }
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Claimed, AnAnswerIsBelievedByOneIdOfThePayoutsAndByNone) {
    auto seen = success();
    seen.source = PayoutSource::status;
    const auto by_none = sent();
    EXPECT_EQ(claim(by_none, seen), Settled::paid);
    const auto by_ours = lost();
    seen.receipt = "SG632NMUAC";
    seen.conversation_id = "AG_theirs";
    seen.our_id = row(by_ours).payout_id;
    EXPECT_EQ(claim(by_ours, seen), Settled::paid);
    const auto by_theirs = sent();
    seen.receipt = "SG632NMUAD";
    seen.our_id.clear();
    seen.conversation_id = "AG_1";
    seen.originator_conversation_id = "29115-34620561-1";
    EXPECT_EQ(claim(by_theirs, seen), Settled::paid);
}

TEST_F(Claimed, FailureWithoutAnIdThatIsKnownReleasesNothing) {
    const auto id = lost();
    auto seen = success();
    seen.fate = PayoutFate::failed;
    seen.code = "2040";
    EXPECT_EQ(claim(id, seen), Settled::claimed);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_TRUE(told_.empty());
    seen.conversation_id = "AG_1";
    const auto known = sent();
    EXPECT_EQ(claim(known, seen), Settled::failed);
}

// After the end nothing is booked that is not proved.
TEST_F(Claimed, SuccessAfterTheEndBooksNothing) {
    const auto done = sent();
    see(done, PayoutFate::paid);
    EXPECT_EQ(claim(done, success()), Settled::duplicate) << "the receipt that it was paid with";
    EXPECT_EQ(claim(done, success("SG632NMUAC")), Settled::claimed);
    EXPECT_TRUE(row(done).has(Flag::attention));
    const auto ended = sent(2000);
    see(ended, PayoutFate::failed, PayoutSource::result, "", "2040");
    EXPECT_EQ(claim(ended, success("SG632NMUAD")), Settled::claimed);
    EXPECT_EQ(row(ended).due_at, now_) << "the rail is asked";
    EXPECT_EQ(balance().posted, Money::kes(99'000));
    EXPECT_EQ(broken_laws(), "");
}

// Of another amount, or to somebody else: it is not this payout that left again.
TEST_F(Claimed, SuccessAfterTheEndOfAnotherAmountIsBookedWhenAPersonSaysWhoseItWas) {
    const ledger::AccountRef receivable{.kind = ledger::AccountKind::receivable,
                                        .owner = shop.value()};
    for (const bool paid : {true, false}) {
        const auto id = sent();
        if (paid) {
            see(id, PayoutFate::paid);
        } else {
            see(id, PayoutFate::failed, PayoutSource::result, "", "2040");
        }
        auto seen = success(paid ? "SG632NMUR2" : "SG632NMUR3");
        seen.our_id = row(id).payout_id;
        seen.amount = Money::kes(50);
        EXPECT_EQ(claim(id, seen), Settled::amount_differs);
        EXPECT_EQ(claim(id, seen), Settled::duplicate);
        EXPECT_TRUE(row(id).has(Flag::attention));
        seen.receipt = paid ? "SG632NMUR4" : "SG632NMUR5";
        seen.amount = Money::kes(1000);
        seen.recipient = Msisdn::parse("254799999999");
        EXPECT_EQ(claim(id, seen), Settled::other_recipient);
    }
    EXPECT_EQ(balance(receivable).posted, Money::zero());
    EXPECT_EQ(book_.write([&](store::Tx& tx) {
        return book_lost(tx, "SG632NMUR2", shop, shortcode, std::nullopt, now_);
    }),
              withdrawals::Claimed::booked);
    EXPECT_EQ(balance(receivable).posted, -Money::kes(50)) << "what was told";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Claimed, SuccessUnderAReceiptThatIsNoneSettlesNothing) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "SG60000000"), Settled::pending);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "a'; --"), Settled::pending);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, " sg632nmuab"), Settled::paid);
    EXPECT_EQ(row(id).receipt, "SG632NMUAB");
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::duplicate) << "in another spelling";
    EXPECT_EQ(broken_laws(), "");
}

// Version 1 gave it no id of ours, and the rail's was lost with the reply.
TEST_F(Claimed, WhereNothingCanBeAskedAPersonIsCalledAtOnce) {
    rail_.goes.knows_repeats = false;
    const auto id = lost();
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(claim(id, success()), Settled::claimed);
    EXPECT_EQ(balance().held, Money::kes(1000));
    const auto known = sent();
    EXPECT_FALSE(row(known).has(Flag::attention));
}

TEST_F(Claimed, WhatChangesSomethingIsKeptBeyondTheBound) {
    const auto id = sent();
    for (int i = 0; i < messages_max + 20; ++i) {
        auto junk = success();
        junk.fate = PayoutFate::pending;
        junk.raw = "junk " + std::to_string(i);
        claim(id, junk);
    }
    auto seen = success();
    seen.our_id = row(id).payout_id;
    EXPECT_EQ(claim(id, seen), Settled::paid);
    const auto last = book_.write([&](store::Tx& tx) {
        return tx.first(
            "SELECT body FROM rail_messages WHERE subject_id = ?1 ORDER BY id DESC",
            [](const store::Row& row) { return row.string(0); }, id);
    });
    EXPECT_EQ(last, seen.raw);
}

// The clock was a day ahead when they went out, and is right again.
TEST_F(Withdrawals, AreDueSoonWhenTheClockHasGoneBack) {
    const auto right = now_;
    now_ += 24h;
    const auto under_way = sent();
    const auto unknown = *create();
    take();
    answer(unknown, Submitted::unknown);
    const auto ended = sent();
    see(ended, PayoutFate::failed, PayoutSource::result, "", "2040");
    const auto waits = *create();
    now_ = right;
    book_.write([&](store::Tx& tx) { end_earlier_run(tx, timing_, now_); });
    for (const auto id : {under_way, unknown, waits, ended}) {
        ASSERT_TRUE(row(id).due_at);
        EXPECT_LE(*row(id).due_at, now_ + 2h);
    }
}

}  // namespace
}  // namespace lango::withdrawals::test
