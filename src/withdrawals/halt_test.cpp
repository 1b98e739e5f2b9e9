// Payouts stop as a whole, and go on by one that tries.
#include "withdrawals/halt.hpp"

#include <set>

#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Halts;
using rails::Submitted;

class Halted : public Withdrawals {
  protected:
    // The rail refuses the initiator.
    Settled refuse(WithdrawalId id) {
        return see(id, PayoutFate::failed, PayoutSource::result, "", "2001", Halts::everything);
    }
    bool lift() {
        now_ += 1min;
        return book_.write([&](store::Tx& tx) { return lift_halt(tx, "a person", now_); });
    }
    std::optional<Halt> halt() {
        return book_.write([](store::Tx& tx) { return open_halt(tx); });
    }
    // Those that go out now.
    std::vector<WithdrawalId> go() {
        std::vector<WithdrawalId> ids;
        const auto taken =
            book_.write([&](store::Tx& tx) { return take_payouts(tx, rail_, 100, timing_, now_); });
        for (const auto& payout : taken.payouts) {
            ids.push_back(payout.withdrawal);
            answer(payout.withdrawal, Submitted::accepted);
        }
        return ids;
    }
    using Ids = std::vector<WithdrawalId>;
};

// Whoever agrees to the end of a halt has seen that one, as it was.
TEST_F(Halted, HasACodeThatChangesWithIt) {
    const auto code = [&] { return book_.write([](store::Tx& tx) { return halt_code(tx); }); };
    const auto put = [&](Halts what, std::string_view why) {
        book_.write([&](store::Tx& tx) {
            withdrawals::halt(tx, what,
                              {.withdrawal = WithdrawalId{7},
                               .sent_at = now_,
                               .code = why,
                               .description = "said the rail"},
                              now_);
        });
    };
    std::set<std::string> seen{code()};
    EXPECT_EQ(*seen.begin(), "");
    put(Halts::payouts, "1");
    EXPECT_EQ(code().size(), 16U);
    EXPECT_EQ(code(), code());
    EXPECT_TRUE(seen.insert(code()).second) << "it began";
    put(Halts::everything, "2001");
    EXPECT_TRUE(seen.insert(code()).second) << "it grew";
    put(Halts::questions, "2001");
    EXPECT_TRUE(seen.insert(code()).second) << "another beside it";
    EXPECT_TRUE(lift());
    EXPECT_TRUE(seen.insert(code()).second) << "it was lifted";
    book_.write([&](store::Tx& tx) { set_probe(tx, *open_halt(tx), WithdrawalId{9}); });
    EXPECT_TRUE(seen.insert(code()).second) << "one tries";
    now_ += 1min;
    put(Halts::everything, "2001");
    EXPECT_TRUE(seen.insert(code()).second) << "the next one";
    book_.write([&](store::Tx& tx) { halt_for_law(tx, "account 1 is off", now_); });
    EXPECT_FALSE(seen.insert(code()).second) << "nobody lifts a law's";
}

// Of money whose books are wrong nothing leaves, whatever the rail's halts say.
TEST_F(Halted, ForABrokenLawByNobodysLift) {
    const auto first = sent();
    const auto waits = *create(100);
    const auto law = [&](bool stands) {
        book_.write([&](store::Tx& tx) {
            if (stands) {
                halt_for_law(tx, "account 1 is off", now_);
                halt_for_law(tx, "account 2 is off", now_);
            } else {
                end_law_halt(tx, "amina", now_);
            }
        });
    };
    law(true);
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM payout_halts"), 1);
    EXPECT_FALSE(lift());
    EXPECT_EQ(go(), Ids{});
    refuse(first);
    ASSERT_TRUE(halt()) << "beside it";
    EXPECT_EQ(halt()->code, "2001");
    EXPECT_TRUE(lift()) << "that of the rail";
    EXPECT_EQ(go(), Ids{});
    law(false);
    EXPECT_EQ(go(), Ids{waits}) << "the one that tries";
    EXPECT_EQ(see(waits, PayoutFate::paid), Settled::paid);
    EXPECT_FALSE(halt());
}

TEST_F(Halted, ForABrokenLawThoughTheRailsHaltWasThereBefore) {
    refuse(sent());
    static_cast<void>(create(100));
    book_.write([&](store::Tx& tx) { halt_for_law(tx, "account 1 is off", now_); });
    EXPECT_TRUE(lift());
    EXPECT_EQ(go(), Ids{});
    // Its end says nothing of what the rail refused.
    now_ += 1min;
    book_.write([&](store::Tx& tx) { end_law_halt(tx, "proved again", now_); });
    EXPECT_EQ(go().size(), 1U);
}

// A third try with wrong credentials locks them (daraja.md 5.2).
TEST_F(Halted, NothingGoesOut) {
    EXPECT_EQ(refuse(sent()), Settled::failed);
    ASSERT_TRUE(create());
    EXPECT_EQ(take(), 0U);
    ASSERT_TRUE(halt());
    EXPECT_EQ(halt()->code, "2001");
    now_ += 1h;
    EXPECT_EQ(questions(), 0U);
}

TEST_F(Halted, AndLiftedTheSmallestTriesAndTheOthersFollowWhenItIsPaid) {
    refuse(sent());
    const auto large = *create(3000);
    const auto small = *create(100);
    const auto middle = *create(2000);
    EXPECT_TRUE(lift());
    EXPECT_EQ(go(), Ids{small});
    EXPECT_EQ(halt()->probe, small);
    EXPECT_EQ(go(), Ids{});
    EXPECT_EQ(see(small, PayoutFate::paid), Settled::paid);
    EXPECT_FALSE(halt());
    EXPECT_EQ(go(), (Ids{large, middle}));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Halted, AgainWhenWhatTriesIsRefusedToo) {
    refuse(sent());
    static_cast<void>(create(100));
    static_cast<void>(create(200));
    static_cast<void>(lift());
    const auto tries = go();
    ASSERT_EQ(tries.size(), 1U);
    EXPECT_EQ(refuse(tries[0]), Settled::failed);
    ASSERT_TRUE(halt());
    EXPECT_FALSE(halt()->lifted_at);
    EXPECT_EQ(halt()->withdrawal, tries[0]);
    EXPECT_EQ(go(), Ids{});
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM withdrawals WHERE result_code = '2001'"), 2)
        << "one for each time that a person said it was mended";
}

// A recipient without an account says nothing about us.
TEST_F(Halted, TheNextOneTriesWhenTheFirstProvedNothing) {
    refuse(sent());
    const auto first = *create(100);
    const auto second = *create(200);
    static_cast<void>(lift());
    EXPECT_EQ(go(), Ids{first});
    see(first, PayoutFate::failed, PayoutSource::result, "", "2040");
    ASSERT_TRUE(halt());
    EXPECT_EQ(go(), Ids{second});
    see(second, PayoutFate::paid);
    EXPECT_FALSE(halt());
}

// Else one that the rail never takes would keep all others waiting.
TEST_F(Halted, TheNextOneTriesWhenTheRailDidNotTakeTheFirst) {
    refuse(sent());
    const auto first = *create(100);
    const auto second = *create(200);
    static_cast<void>(lift());
    EXPECT_EQ(take(), 1U);
    answer(first, Submitted::not_submitted);
    now_ += 1h;
    EXPECT_EQ(go(), Ids{second});
    see(second, PayoutFate::paid);
    EXPECT_FALSE(halt());
    EXPECT_EQ(go(), Ids{first});
}

TEST_F(Halted, AnUnknownEndKeepsTheOthersBackUntilAPersonLetsAnotherTry) {
    refuse(sent());
    const auto first = *create(100);
    const auto second = *create(200);
    static_cast<void>(lift());
    EXPECT_EQ(go(), Ids{first});
    see(first, PayoutFate::pending, PayoutSource::timeout);
    now_ += 30min;
    EXPECT_EQ(questions(), 1U) << "it is asked about all the same";
    EXPECT_EQ(go(), Ids{});
    EXPECT_TRUE(lift());
    EXPECT_EQ(go(), Ids{second});
}

// With a credential that may still be wrong, one use at a time.
TEST_F(Halted, OnlyWhatTriesIsAskedAbout) {
    const auto old = sent();
    see(old, PayoutFate::pending, PayoutSource::timeout);
    refuse(sent());
    const auto tries = *create(100);
    static_cast<void>(lift());
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 0U) << "a payout is due, and tries first";
    EXPECT_EQ(go(), Ids{tries});
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(row(old).tries, 0);
    EXPECT_EQ(row(tries).tries, 1);
    see(tries, PayoutFate::paid);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(row(old).tries, 1);
}

// The rail answers 429 to the only one that is queued, for ever: it proves nothing, and the others
// must not wait for it.
TEST_F(Halted, WhatTheRailNeverTakesKeepsNoQuestionBack) {
    const auto old = sent();
    see(old, PayoutFate::pending, PayoutSource::timeout);
    refuse(sent());
    const auto never = *create(100);
    static_cast<void>(lift());
    EXPECT_EQ(take(), 1U);
    answer(never, Submitted::not_submitted);
    now_ += 1h;
    EXPECT_GT(row(never).tries, 0);
    EXPECT_GT(questions(), 0U);
    EXPECT_EQ(row(old).tries, 1);
}

// One payout's code halts once, however often it is told.
TEST_F(Halted, OnceByOneResult) {
    const auto first = sent();
    const auto second = sent();
    refuse(first);
    EXPECT_TRUE(lift());
    const auto tries = *create();
    EXPECT_EQ(go(), Ids{tries});
    EXPECT_EQ(refuse(first), Settled::duplicate);
    ASSERT_TRUE(halt()->lifted_at) << "the doubled result is no news";
    // Nor is what was sent before a person mended the credential.
    EXPECT_EQ(refuse(second), Settled::failed);
    ASSERT_TRUE(halt()->lifted_at);
    see(tries, PayoutFate::paid);
    EXPECT_FALSE(halt());
    EXPECT_EQ(refuse(first), Settled::duplicate);
    EXPECT_FALSE(halt());
}

TEST_F(Halted, WhatAPersonSaysOfATryProvesNothing) {
    refuse(sent());
    static_cast<void>(create(100));
    static_cast<void>(lift());
    const auto tries = go();
    see(tries.at(0), PayoutFate::paid, PayoutSource::person);
    EXPECT_TRUE(halt());
}

TEST_F(Halted, ThereIsNothingToLiftWhenNoneIsOpen) { EXPECT_FALSE(lift()); }

// A person lifted it by a clock that was a day ahead.
TEST_F(Halted, LiftedByAClockThatWasAheadHaltsAgainAndEnds) {
    const auto lift_ahead = [&] {
        const auto right = now_;
        now_ += 24h;
        EXPECT_TRUE(lift());
        now_ = right + 5min;
    };
    refuse(sent());
    ASSERT_TRUE(halt());
    lift_ahead();
    const auto second = *create();
    ASSERT_EQ(go(), Ids{second});
    refuse(second);
    ASSERT_TRUE(halt());
    EXPECT_FALSE(halt()->lifted_at) << "the credential is wrong, now";
    lift_ahead();
    const auto third = *create();
    ASSERT_EQ(go(), Ids{third});
    EXPECT_EQ(see(third, PayoutFate::paid), Settled::paid);
    EXPECT_FALSE(halt()) << "what tried is paid";
}

}  // namespace
}  // namespace lango::withdrawals::test
