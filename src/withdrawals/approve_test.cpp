#include "withdrawals/approvals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

TEST_F(People, AreNotAskedWithoutARule) {
    EXPECT_EQ(state_of_new(10), State::queued);
    EXPECT_EQ(state_of_new(90'000), State::queued);
}

TEST_F(People, AreAskedFromAnAmountOn) {
    rules({.from = Money::kes(1000)});
    EXPECT_EQ(state_of_new(999), State::queued);
    EXPECT_EQ(state_of_new(1000), State::waiting);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(People, AreAskedBeyondADaysTotal) {
    EXPECT_EQ(state_of_new(400), State::queued);  // before the rule stood, and counted
    rules({.day_total = Money::kes(1000)});
    EXPECT_EQ(state_of_new(500), State::queued);
    EXPECT_EQ(state_of_new(101), State::waiting);
    EXPECT_EQ(state_of_new(10), State::waiting);  // what waits was asked for, too
    now_ += 24h;
    EXPECT_EQ(state_of_new(1000), State::queued);
    EXPECT_EQ(state_of_new(10), State::waiting);
}

TEST_F(People, AreAskedForWhoWasNeverPaid) {
    rules({.new_recipient = true});
    const auto first = accept(100);
    EXPECT_EQ(row(*first).state, State::waiting);
    EXPECT_EQ(state_of_new(100), State::waiting);  // still not paid
    EXPECT_EQ(approve(*first, "amina"), Decided::queued);
    paid(*first, "SG632NMU1R");
    EXPECT_EQ(state_of_new(100), State::queued);
    EXPECT_EQ(state_of_new(100, "254712345679"), State::waiting);
}

TEST_F(People, AreNotAskedForATest) {
    rules({.from = Money::kes(1)});
    const auto id = create(1000, Kind::test);
    EXPECT_EQ(row(*id).state, State::queued);
}

TEST_F(People, ApproveNOfMAndThenItGoesOut) {
    rules({.from = Money::kes(1), .needed = 3});
    const auto id = *accept(1000);
    EXPECT_EQ(approve(id, "amina"), Decided::approved);
    EXPECT_EQ(last_event(id), "approved: amina, 1 of 3");
    EXPECT_EQ(approve(id, "amina"), Decided::twice);
    EXPECT_EQ(approve(id, "brian"), Decided::approved);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(approve(id, "chebet"), Decided::queued);
    EXPECT_EQ(row(id).state, State::queued);
    EXPECT_EQ(approve(id, "dedan"), Decided::not_waiting);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

// Whatever the merchant's rules say: at first they say nothing.
TEST_F(People, ByHandOfWhoMayNotApproveAlwaysWaitForWhoMay) {
    EXPECT_EQ(row(*accept(10, "254712345678", "amina")).state, State::queued);
    approves_ = false;
    EXPECT_EQ(state_of_new(90'000), State::queued) << "the API's";
    const auto id = *accept(10, "254712345678", "sam");
    EXPECT_EQ(row(id).state, State::waiting);
    EXPECT_TRUE(row(id).has(Flag::approval));
    EXPECT_EQ(approve(id, "sam"), Decided::own);
    EXPECT_EQ(approve(id, "brian"), Decided::queued);
    rules({.from = Money::kes(1000), .needed = 2});
    const auto small = *accept(10, "254712345678", "sam");
    EXPECT_EQ(approve(small, "brian"), Decided::approved) << "as many as the merchant's rules ask";
    EXPECT_EQ(approve(small, "chebet"), Decided::queued);
    EXPECT_EQ(row(*create(1000, Kind::test)).state, State::queued);
    EXPECT_EQ(broken_laws(), "");
}

// The stricter of then and now: rules that are loosened loosen nothing that waits, rules that are
// tightened hold for it, too.
TEST_F(People, AreAskedByTheStricterOfTheRulesOfThenAndNow) {
    rules({.from = Money::kes(1), .needed = 3});
    const auto loosened = *accept(1000);
    rules({.needed = 1});
    EXPECT_EQ(row(loosened).state, State::waiting) << "there is no rule any more";
    EXPECT_EQ(approve(loosened, "amina"), Decided::approved);
    EXPECT_EQ(last_event(loosened), "approved: amina, 1 of 3");
    EXPECT_EQ(approve(loosened, "brian"), Decided::approved);
    EXPECT_EQ(approve(loosened, "chebet"), Decided::queued);
    rules({.from = Money::kes(1), .needed = 1});
    const auto tightened = *accept(1000);
    rules({.from = Money::kes(1), .needed = 2});
    EXPECT_EQ(approve(tightened, "amina"), Decided::approved);
    EXPECT_EQ(approve(tightened, "brian"), Decided::queued);
    EXPECT_EQ(broken_laws(), "");
}

// A hand that makes the number senseless does not make it impossible.
TEST_F(People, AreNeverAskedForMoreThanSettingsAllow) {
    rules({.from = Money::kes(1), .needed = 2});
    const auto id = *accept(1000);
    for (const std::int64_t needed : {-5L, 0L, 4'294'967'297L}) {
        book_.write(
            [&](store::Tx& tx) { tx.run("UPDATE approvals_asked SET needed = ?1", needed); });
        auto decision = book_.write([&](store::Tx& tx) {
            return withdrawals::approve(tx, id, "amina", "0000000000000000", 2, now_);
        });
        EXPECT_EQ(decision.needed, needed > 1 ? 9 : 2) << needed;
    }
}

TEST_F(People, NeverApproveTheirOwn) {
    rules({.from = Money::kes(1)});
    const auto id = *accept(1000, "254712345678", "amina");
    EXPECT_EQ(approve(id, "amina"), Decided::own);
    EXPECT_EQ(row(id).state, State::waiting);
    EXPECT_EQ(approve(id, "brian"), Decided::queued);
}

TEST_F(People, ApproveOnlyWhatTheySaw) {
    rules({.from = Money::kes(1)});
    const auto id = *accept(1000);
    const auto other = *accept(2000);
    EXPECT_EQ(approve(id, "amina", approval_code(row(other))), Decided::changed);
    EXPECT_EQ(approve(id, "amina", "x"), Decided::changed);
    EXPECT_EQ(row(id).state, State::waiting);
}

// An approval is worth nothing for another recipient or another amount.
TEST_F(People, LoseTheirApprovalsWithAnyChange) {
    rules({.from = Money::kes(1), .needed = 2});
    const auto id = *accept(1000);
    const auto before = approval_code(row(id));
    EXPECT_EQ(approve(id, "amina"), Decided::approved);
    book_.write([&](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET phone = 254712345679 WHERE id = ?1", id);
    });
    EXPECT_NE(approval_code(row(id)), before);
    EXPECT_EQ(approve(id, "brian", before), Decided::changed);
    EXPECT_EQ(approve(id, "brian"), Decided::approved);  // the first, of what it is now
    const auto now = row(id);
    const auto given = book_.write([&](store::Tx& tx) { return approvals(tx, now); });
    ASSERT_EQ(given.size(), 2U);
    EXPECT_FALSE(given[0].counts);
    EXPECT_TRUE(given[1].counts);
    EXPECT_EQ(approve(id, "amina"), Decided::queued);
}

TEST_F(People, RejectAndTheMoneyIsFreeAndTheMerchantTold) {
    rules({.from = Money::kes(1)});
    const auto id = *accept(1000);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(reject(id, "amina"), Decided::rejected);
    EXPECT_EQ(row(id).state, State::failed);
    EXPECT_EQ(row(id).result_code, "rejected");
    EXPECT_EQ(last_event(id), "rejected: amina: wrong phone");
    EXPECT_EQ(balance().held, Money::zero());
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":5)"), std::string::npos);
    EXPECT_EQ(approve(id, "brian"), Decided::not_waiting);
    EXPECT_EQ(reject(id, "brian"), Decided::not_waiting);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(People, RejectNothingThatWentOut) {
    const auto id = sent();
    EXPECT_EQ(reject(id, "amina"), Decided::not_waiting);
    EXPECT_EQ(reject(WithdrawalId{7}, "amina"), Decided::unknown_withdrawal);
    EXPECT_EQ(book_.write([&](store::Tx& tx) {
        return withdrawals::approve(tx, WithdrawalId{7}, "amina", "", 1, now_).what;
    }),
              Decided::unknown_withdrawal);
}

TEST_F(People, AreToldOfNoPostbackForWhatTheyMade) {
    const auto id = *accept(1000, "254712345678", "amina");
    EXPECT_EQ(row(id).kind, Kind::manual);
    paid(id, "SG632NMU1R");
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(broken_laws(), "");
}

// As long as nothing has gone to the rail.
TEST_F(People, RejectWhatIsOnlyQueued) {
    const auto id = *accept(1000);
    ASSERT_EQ(row(id).state, State::queued);
    EXPECT_EQ(reject(id, "amina"), Decided::rejected);
    EXPECT_EQ(row(id).state, State::failed);
    EXPECT_EQ(row(id).result_code, "rejected");
    EXPECT_EQ(balance().held, Money::zero());
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":5)"), std::string::npos);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(People, DoNotRejectWhatTheRailMayHave) {
    const auto id = *accept(1000);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(reject(id, "amina"), Decided::not_waiting);
    answer(id, rails::Submitted::unknown);
    now_ += timing_.not_found_after;
    see(id, PayoutFate::not_found, PayoutSource::status);
    EXPECT_EQ(see(id, PayoutFate::not_found, PayoutSource::status), Settled::sent_again);
    ASSERT_EQ(row(id).state, State::queued);
    EXPECT_EQ(reject(id, "amina"), Decided::not_waiting);
    EXPECT_TRUE(told_.empty());
}

TEST_F(People, RejectWhatWasNotSubmitted) {
    const auto id = *accept(1000);
    EXPECT_EQ(take(), 1U);
    answer(id, rails::Submitted::not_submitted);
    EXPECT_EQ(reject(id, "amina"), Decided::rejected);
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::withdrawals::test
