// What the rail knows a payout by: the same request is the same payout, and what the rail had
// before under that id is believed only on its own word with recipient and amount.
#include "rails/payout_id.hpp"

#include "withdrawals/approvals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

class PayoutIds : public People {
  protected:
    void forget_rows() {
        book_.write([](store::Tx& tx) {
            tx.run("DELETE FROM withdrawals");
            tx.run("DELETE FROM withdrawal_keys");
            tx.run("DELETE FROM withdrawal_signatures");
            tx.run("DELETE FROM withdrawal_events");
            tx.run("DELETE FROM holds");
            tx.run("UPDATE accounts SET held = 0");
        });
    }
    // Sent for the first time, and the rail says that it has had this id.
    WithdrawalId repeated() {
        const auto id = *accept(1000, "254712345678", "", "w-1");
        EXPECT_EQ(take(), 1U);
        static_cast<void>(book_.write([&](store::Tx& tx) {
            return record_sent(tx, id,
                               {.outcome = rails::Submitted::accepted,
                                .code = "500.002.1001",
                                .message = "Duplicate OriginatorConversationID.",
                                .conversation_id = {},
                                .raw = "{}",
                                .repeated = true},
                               context(), now_)
                .what;
        }));
        return id;
    }
    static rails::PayoutSeen paid(PayoutSource source, Money amount, const char* phone) {
        rails::PayoutSeen seen;
        seen.source = source;
        seen.fate = PayoutFate::paid;
        seen.code = "0";
        seen.receipt = "SG632NMUAB";
        seen.amount = amount;
        seen.recipient = Msisdn::parse(phone);
        seen.raw = "{}";
        return seen;
    }
};

TEST_F(PayoutIds, TheSameRequestIsTheSamePayoutWhereItsRowIsGone) {
    const auto first = row(*accept(1000, "254712345678", "", "w-1"));
    const auto nameless = row(*accept(1000));
    forget_rows();
    const auto again = row(*accept(1000, "254712345678", "", "w-1"));
    EXPECT_NE(again.id, first.id);
    EXPECT_EQ(again.payout_id, first.payout_id);
    EXPECT_NE(row(*accept(1000)).payout_id, nameless.payout_id);
    EXPECT_NE(row(*accept(1000, "254712345678", "", "w-2")).payout_id, first.payout_id);
}

TEST_F(PayoutIds, AreFixedWithTheHoldAndGoOutUnchanged) {
    const auto id = *accept(1000, "254712345678", "", "w-1");
    const auto fixed = row(id).payout_id;
    const auto taken = book_.write(
        [&](store::Tx& tx) { return take_payouts(tx, rail_, 100, timing_, now_).payouts; });
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken.front().id, fixed);
    answer(id, rails::Submitted::unknown);
    now_ += timing_.ask_after;
    const auto asked = book_.write([&](store::Tx& tx) {
        return take_questions(tx, rail_.goes, 100, timing_, now_).questions;
    });
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked.front().id, fixed);
}

TEST_F(PayoutIds, AreNobodyElses) {
    const auto first = *accept(1000, "254712345678", "", "w-1");
    const auto second = *accept(1000, "254712345678", "", "w-2");
    EXPECT_NE(row(first).payout_id, row(second).payout_id);
    const auto found = book_.write(
        [id = row(second).payout_id](store::Tx& tx) { return find_by_payout_id(tx, id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, second);
}

TEST_F(PayoutIds, ThatTheRailHadBeforeIsAskedAboutAtOnce) {
    const auto id = repeated();
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_TRUE(row(id).has(Flag::repeated));
    EXPECT_EQ(questions(), 1U);
}

TEST_F(PayoutIds, ThatTheRailHadBeforeIsPaidByAStatusWithRecipientAndAmountAlone) {
    const auto id = repeated();
    auto by_result = paid(PayoutSource::result, Money::kes(1000), "254712345678");
    by_result.our_id = row(id).payout_id;
    EXPECT_EQ(claim(id, by_result), Settled::pending);
    auto without_amount = paid(PayoutSource::status, Money::kes(1000), "254712345678");
    without_amount.amount.reset();
    EXPECT_EQ(claim(id, without_amount), Settled::claimed);
    EXPECT_EQ(claim(id, paid(PayoutSource::status, Money::kes(1000), "254712345678")),
              Settled::paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PayoutIds, ThatTheRailHadWithAnotherAmountOrRecipientCallAPerson) {
    const auto id = repeated();
    EXPECT_EQ(claim(id, paid(PayoutSource::status, Money::kes(1001), "254712345678")),
              Settled::amount_differs);
    EXPECT_EQ(claim(id, paid(PayoutSource::status, Money::kes(1000), "254712345679")),
              Settled::other_recipient);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000)) << "nothing is released";
}

TEST_F(PayoutIds, OfAnotherPayoutOfOursInAResultMakeItNotThisOnes) {
    const auto id = sent();
    auto seen = paid(PayoutSource::result, Money::kes(1000), "254712345678");
    seen.our_id = "lango-0123456789abcdee";
    EXPECT_EQ(claim(id, seen), Settled::other_payout);
    EXPECT_EQ(row(id).state, State::sent);
    seen.our_id = row(id).payout_id;
    EXPECT_EQ(claim(id, seen), Settled::paid);
}

}  // namespace
}  // namespace lango::withdrawals::test
