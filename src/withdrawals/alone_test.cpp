// After two deaths: payouts that were in flight go one at a time, and none is lost or paid twice.
#include "runs/run.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Submitted;

class Alone : public Withdrawals {
  protected:
    Alone() { begin_run(); }

    void begin_run() {
        died_ = book_.write([&](store::Tx& tx) {
            const auto begun = runs::begin(tx, now_);
            if (begun.died) {
                EXPECT_TRUE(
                    set_aside_died(tx, WithdrawalId{begun.died->id}, begun.run.number - 1, now_));
            }
            end_earlier_run(tx, timing_, now_);
            return begun.died;
        });
    }
    TakenAlone alone(bool may_pay = true) {
        return book_.write(
            [&](store::Tx& tx) { return take_alone(tx, rail_, may_pay, timing_, now_); });
    }
    void end_alone() {
        book_.write([](store::Tx& tx) { runs::end_alone(tx); });
    }
    // The rail says what halts all payouts.
    void refuse_all(rails::Halts halts) {
        book_.write([&](store::Tx& tx) {
            withdrawals::halt(tx, halts,
                              {.withdrawal = WithdrawalId{1},
                               .sent_at = now_,
                               .code = "2001",
                               .description = "wrong credentials"},
                              now_);
        });
    }
    std::int64_t mark() { return book_.number("SELECT MAX(taken_in) FROM withdrawals"); }
    // Submitted, and the gateway dies, twice.
    WithdrawalId in_flight_twice() {
        const auto id = *create();
        EXPECT_EQ(take(), 1U);
        begin_run();
        now_ += timing_.ask_after;
        EXPECT_EQ(questions(), 1U);
        begin_run();
        now_ += timing_.pay_timeout;
        return id;
    }
    std::vector<runs::SetAside> aside() {
        return book_.write([](store::Tx& tx) { return runs::all_set_aside(tx); });
    }

    std::optional<runs::Subject> died_;
};

TEST_F(Alone, APayoutBearsTheMarkOfItsRunUntilItsReplyIsWritten) {
    const auto id = *create();
    EXPECT_EQ(mark(), 0);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(mark(), 1);
    answer(id, Submitted::accepted);
    EXPECT_EQ(mark(), 0);
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(mark(), 1) << "a question is in flight as well";
    see(id, PayoutFate::paid);
    EXPECT_EQ(mark(), 0);
}

TEST_F(Alone, AfterTwoDeathsItsQuestionGoesAloneAndOthersBeside) {
    const auto id = in_flight_twice();
    const auto other = *create(2000);
    EXPECT_EQ(take(), 1U) << "what was not in flight goes as usual";
    answer(other, Submitted::accepted);
    EXPECT_EQ(questions(), 0U);
    const auto taken = alone();
    ASSERT_TRUE(taken.question);
    EXPECT_EQ(taken.question->withdrawal, id);
    const auto run = book_.write([](store::Tx& tx) { return runs::current(tx); });
    EXPECT_EQ(run.alone, (runs::Subject{.kind = runs::Kind::withdrawal, .id = id.value()}));
    end_alone();
    EXPECT_FALSE(alone().question);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Alone, WhatGoesOutAgainGoesAloneToo) {
    const auto id = in_flight_twice();
    ASSERT_TRUE(alone().question);
    end_alone();
    now_ += timing_.not_found_after;
    not_found(id, "q1");
    now_ += 1min;
    not_found(id, "q2");
    ASSERT_EQ(row(id).state, State::queued);
    now_ += 1min;
    EXPECT_EQ(take(), 0U);
    EXPECT_FALSE(alone(false).payout) << "the rail takes none now";
    const auto taken = alone();
    ASSERT_TRUE(taken.payout);
    EXPECT_EQ(taken.payout->withdrawal, id);
    EXPECT_EQ(row(id).sends, 2);
    answer(id, Submitted::accepted);
    EXPECT_EQ(row(id).state, State::sent);
}

TEST_F(Alone, WhatDiesAloneKeepsItsHoldAndWaitsForAPerson) {
    const auto id = in_flight_twice();
    ASSERT_TRUE(alone().question);
    begin_run();
    EXPECT_EQ(died_, (runs::Subject{.kind = runs::Kind::withdrawal, .id = id.value()}));
    ASSERT_EQ(aside().size(), 1U);
    now_ += 24h;
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(questions(), 0U);
    EXPECT_FALSE(alone().question);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");

    EXPECT_TRUE(
        book_.write([&](store::Tx& tx) { return try_again(tx, id, "command line", now_); }));
    EXPECT_FALSE(
        book_.write([&](store::Tx& tx) { return try_again(tx, id, "command line", now_); }));
    EXPECT_TRUE(aside().empty());
    EXPECT_EQ(questions(), 1U) << "asked about, and not paid a second time";
    EXPECT_EQ(row(id).sends, 1);
    see(id, PayoutFate::paid);
    EXPECT_EQ(row(id).state, State::paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Alone, WhatTheRailTellsMeanwhileStillCounts) {
    const auto id = in_flight_twice();
    ASSERT_TRUE(alone().question);
    begin_run();
    ASSERT_EQ(aside().size(), 1U);
    see(id, PayoutFate::paid);
    EXPECT_EQ(row(id).state, State::paid);
    EXPECT_EQ(row(id).due_at, std::nullopt) << "it is over";
    EXPECT_TRUE(aside().empty()) << "and alarms nobody";
    EXPECT_FALSE(
        book_.write([&](store::Tx& tx) { return try_again(tx, id, "command line", now_); }));
    EXPECT_EQ(broken_laws(), "");
}

// Neither a claim that proves nothing nor a late answer makes it due among all others.
TEST_F(Alone, WhatIsLearnedOfItMeanwhileTriesItInNoCrowd) {
    const auto id = in_flight_twice();
    ASSERT_TRUE(alone().question);
    begin_run();
    ASSERT_EQ(aside().size(), 1U);
    rails::PayoutSeen claimed;
    claimed.source = PayoutSource::result;
    claimed.fate = PayoutFate::paid;
    claimed.code = "0";
    claimed.receipt = "UKN7654321";
    EXPECT_EQ(claim(id, claimed), Settled::claimed);
    EXPECT_EQ(row(id).due_at, std::nullopt);
    now_ += timing_.not_found_after;
    not_found(id, "q1");
    not_found(id, "q2");
    EXPECT_EQ(row(id).state, State::queued) << "the rail has it not";
    now_ += 1h;
    EXPECT_EQ(row(id).due_at, std::nullopt);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(questions(), 0U);
    EXPECT_FALSE(alone().question);
    EXPECT_FALSE(alone().payout);
    EXPECT_EQ(aside().size(), 1U);
    EXPECT_EQ(broken_laws(), "");
    EXPECT_TRUE(
        book_.write([&](store::Tx& tx) { return try_again(tx, id, "command line", now_); }));
    ASSERT_TRUE(alone().payout);
    EXPECT_EQ(row(id).sends, 2);
}

TEST_F(Alone, WhatTriesAfterAHaltGoesAloneByItsName) {
    refuse_all(rails::Halts::payouts);
    begin_run();
    begin_run();
    const auto small = *create(100);
    static_cast<void>(create(2000));
    EXPECT_FALSE(alone().payout) << "nobody has lifted it";
    EXPECT_TRUE(book_.write([&](store::Tx& tx) { return lift_halt(tx, "a person", now_); }));
    EXPECT_EQ(take(), 0U) << "it has no name there";
    const auto taken = alone();
    ASSERT_TRUE(taken.payout);
    EXPECT_EQ(taken.payout->withdrawal, small);
    EXPECT_EQ(book_.write([](store::Tx& tx) { return open_halt(tx); })->probe, small);
    EXPECT_FALSE(alone().payout) << "one tries at a time";
    begin_run();
    EXPECT_EQ(died_, (runs::Subject{.kind = runs::Kind::withdrawal, .id = small.value()}));
    EXPECT_EQ(aside().size(), 1U);
    now_ += 1h;
    EXPECT_EQ(take(), 0U);
    EXPECT_FALSE(alone().payout) << "not at each start again";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Alone, AHaltOfPayoutsKeepsNoSuspectedQuestionBack) {
    const auto id = in_flight_twice();
    refuse_all(rails::Halts::payouts);
    EXPECT_EQ(questions(), 0U);
    const auto taken = alone();
    ASSERT_TRUE(taken.question);
    EXPECT_EQ(taken.question->withdrawal, id);
}

TEST_F(Alone, AHaltOfEverythingKeepsThemAllBack) {
    static_cast<void>(in_flight_twice());
    refuse_all(rails::Halts::everything);
    EXPECT_FALSE(alone().question);
}

// Its question, too, goes by its name.
TEST_F(Alone, WhatTriedWhenRunsDiedIsAskedAboutAlone) {
    refuse_all(rails::Halts::everything);
    const auto small = *create(100);
    EXPECT_TRUE(book_.write([&](store::Tx& tx) { return lift_halt(tx, "a person", now_); }));
    EXPECT_EQ(take(), 1U);
    begin_run();
    begin_run();
    now_ += timing_.pay_timeout;
    EXPECT_EQ(questions(), 0U);
    const auto taken = alone();
    ASSERT_TRUE(taken.question);
    EXPECT_EQ(taken.question->withdrawal, small);
}

TEST_F(Alone, WhileItsReplyIsWrittenNothingIsSetAside) {
    const auto id = in_flight_twice();
    ASSERT_TRUE(alone().question);
    see(id, PayoutFate::paid);  // and the run dies before it says that nothing goes alone
    const auto aside = book_.write([&](store::Tx& tx) {
        const auto begun = runs::begin(tx, now_);
        return set_aside_died(tx, WithdrawalId{begun.died->id}, begun.run.number - 1, now_);
    });
    EXPECT_FALSE(aside);
}

}  // namespace
}  // namespace lango::withdrawals::test
