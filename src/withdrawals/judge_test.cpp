// Four eyes on what nothing else settles.
#include "withdrawals/approvals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

TEST_F(People, SettleWhenTwoSayThatItWasPaid) {
    const auto id = sent();
    EXPECT_EQ(judge(id, "amina", true, "SG632NMUAB").what, Judged::first);
    EXPECT_EQ(row(id).state, State::sent);
    EXPECT_EQ(last_event(id), "judged: amina: paid, SG632NMUAB");
    EXPECT_EQ(judge(id, "amina", true, "SG632NMUAB").what, Judged::first);
    const auto second = judge(id, "brian", true, "SG632NMUAB");
    EXPECT_EQ(second.what, Judged::settled);
    EXPECT_EQ(second.outcome.what, Settled::paid);
    EXPECT_EQ(row(id).receipt, "SG632NMUAB");
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_EQ(balance().posted, Money::kes(99'000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(People, SettleWhenTwoSayThatItFailed) {
    const auto id = sent();
    EXPECT_EQ(judge(id, "amina", false).what, Judged::first);
    EXPECT_EQ(judge(id, "brian", false).outcome.what, Settled::failed);
    EXPECT_EQ(row(id).state, State::failed);
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(People, SettleNothingWhileTheyDiffer) {
    const auto id = sent();
    EXPECT_EQ(judge(id, "amina", true, "SG632NMUAB").what, Judged::first);
    EXPECT_EQ(judge(id, "brian", false).what, Judged::first);
    EXPECT_EQ(judge(id, "chebet", true, "SG632NMUAC").what, Judged::first);
    EXPECT_EQ(row(id).state, State::sent);
    // Brian thinks again, and what he said before is taken back.
    EXPECT_EQ(judge(id, "brian", true, "SG632NMUAB").what, Judged::settled);
    EXPECT_EQ(row(id).state, State::paid);
}

TEST_F(People, SettleNothingWithoutAReceiptOrWithAnothers) {
    const auto one = sent();
    EXPECT_EQ(see(one, PayoutFate::paid), Settled::paid);
    const auto id = sent();
    EXPECT_EQ(judge(id, "amina", true).what, Judged::no_receipt);
    EXPECT_EQ(judge(id, "amina", true, "SG632NMUAB").what, Judged::receipt_used);
    EXPECT_EQ(judge(one, "amina", false).what, Judged::not_open);
    EXPECT_EQ(judge(WithdrawalId{7}, "amina", false).what, Judged::unknown_withdrawal);
    const auto queued = *create();
    EXPECT_EQ(judge(queued, "amina", false).what, Judged::not_open);
}

// A receipt that a person types is looked at as the rail writes it.
TEST_F(People, SettleNothingWithWhatIsNoReceipt) {
    const auto id = sent();
    for (const auto* typed :
         {"SG632NMUA", "SG632NMUABC", "SG632 MUAB", "SG632-MUAB", "paid it   ", "SKE0000000"}) {
        EXPECT_EQ(judge(id, "amina", true, typed).what, Judged::bad_receipt) << typed;
    }
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM withdrawal_verdicts"), 0);
}

TEST_F(People, MayTypeAReceiptInSmallLetters) {
    const auto one = sent();
    EXPECT_EQ(see(one, PayoutFate::paid, PayoutSource::result, "SG632NMUAB"), Settled::paid);
    const auto id = sent();
    EXPECT_EQ(judge(id, "amina", true, "sg632nmuab").what, Judged::receipt_used);
    EXPECT_EQ(judge(id, "amina", true, "sg632nmuac").what, Judged::first);
    EXPECT_EQ(judge(id, "brian", true, "SG632NMUAC").what, Judged::settled);
    EXPECT_EQ(row(id).receipt, "SG632NMUAC");
    EXPECT_EQ(broken_laws(), "");
}

// The rail's own word comes first.
TEST_F(People, ThatSayFailedDoNotUndoAPayment) {
    const auto id = sent();
    EXPECT_EQ(judge(id, "amina", false).what, Judged::first);
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(judge(id, "brian", false).what, Judged::not_open);
    EXPECT_EQ(row(id).state, State::paid);
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::withdrawals::test
