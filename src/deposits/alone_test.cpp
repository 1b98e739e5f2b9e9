// After two deaths: deposits whose push or question was in flight are asked about one at a time.
#include "deposits/deposits_fixture.hpp"
#include "runs/run.hpp"

namespace lango::deposits::test {
namespace {

using enum State;
using rails::Fate;

class Alone : public Deposits {
  protected:
    Alone() { begin_run(); }

    void begin_run() {
        died_ = write([&](store::Tx& tx) {
            const auto begun = runs::begin(tx, now_);
            if (begun.died) {
                EXPECT_TRUE(
                    set_aside_died(tx, DepositId{begun.died->id}, begun.run.number - 1, now_));
            }
            give_up_submissions(tx, now_);
            return begun.died;
        });
    }
    std::optional<Check> alone() {
        return write([&](store::Tx& tx) { return take_alone(tx, timing_, capabilities, now_); })
            .check;
    }
    std::int64_t mark(DepositId id) {
        return *write([id](store::Tx& tx) {
            return tx.first(
                "SELECT taken_in FROM deposits WHERE id = ?1",
                [](const store::Row& row) { return row.integer(0); }, id);
        });
    }
    // Its question is in flight when the gateway dies, twice.
    DepositId asked_twice() {
        const auto id = in(prompted);
        let_time_pass(timing_.query_after);
        EXPECT_EQ(check().checks.size(), 1U);
        begin_run();
        let_time_pass(1h);
        EXPECT_EQ(check().checks.size(), 1U);
        begin_run();
        let_time_pass(1h);
        return id;
    }
    std::optional<runs::Subject> died_;
};

TEST_F(Alone, ADepositBearsTheMarkOfItsRunUntilWhatCameOfItIsWritten) {
    const auto id = *create();
    EXPECT_EQ(mark(id), 0);
    EXPECT_EQ(take(), std::vector{id});
    EXPECT_EQ(mark(id), 1);
    record(id, accepted());
    EXPECT_EQ(mark(id), 0);
    let_time_pass(timing_.query_after);
    EXPECT_EQ(check().checks.size(), 1U);
    EXPECT_EQ(mark(id), 1);
    observe(id, success());
    EXPECT_EQ(mark(id), 0);
}

TEST_F(Alone, AfterTwoDeathsItIsAskedAboutAloneAndOthersBeside) {
    const auto id = asked_twice();
    const auto fresh = *create(1000, "254712345670");
    EXPECT_EQ(take(), std::vector{fresh});
    EXPECT_TRUE(check().checks.empty());
    const auto asked = alone();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->id, id);
    EXPECT_EQ(write([](store::Tx& tx) { return runs::current(tx); }).alone,
              (runs::Subject{.kind = runs::Kind::deposit, .id = id.value()}));
    EXPECT_FALSE(alone()) << "it is this run's now";
}

TEST_F(Alone, APushThatWasInFlightIsNotPushedAgain) {
    const auto id = *create();
    EXPECT_EQ(take(), std::vector{id});
    begin_run();
    begin_run();
    EXPECT_TRUE(take().empty());
    EXPECT_TRUE(check().checks.empty());
    const auto asked = alone();
    EXPECT_EQ(state_of(id), unknown);
    EXPECT_TRUE(!asked || asked->id == id);
}

TEST_F(Alone, WhatDiesAloneWaitsForAPersonAndGoesOnByHim) {
    const auto id = asked_twice();
    ASSERT_TRUE(alone());
    begin_run();
    EXPECT_EQ(died_, (runs::Subject{.kind = runs::Kind::deposit, .id = id.value()}));
    let_time_pass(1h);
    EXPECT_TRUE(check().checks.empty());
    EXPECT_FALSE(alone());
    EXPECT_TRUE(the(id).has(Flag::attention));
    EXPECT_EQ(the(id).due_at, std::nullopt);
    const auto again = [&](store::Tx& tx) { return try_again(tx, id, "command line", now_); };
    EXPECT_TRUE(write(again));
    EXPECT_FALSE(write(again)) << "once";
    EXPECT_FALSE(the(id).has(Flag::attention));
    EXPECT_EQ(check().checks.size(), 1U);
    observe(id, success());
    EXPECT_EQ(state_of(id), paid);
}

TEST_F(Alone, WhatIsPaidMeanwhileAlarmsNobody) {
    const auto id = asked_twice();
    ASSERT_TRUE(alone());
    begin_run();
    EXPECT_EQ(write([](store::Tx& tx) { return runs::all_set_aside(tx); }).size(), 1U);
    observe(id, success());
    EXPECT_EQ(state_of(id), paid);
    EXPECT_TRUE(write([](store::Tx& tx) { return runs::all_set_aside(tx); }).empty());
}

// A callback that proves nothing would have it asked about at once, among all others.
TEST_F(Alone, WhatIsClaimedMeanwhileIsTriedInNoCrowd) {
    const auto id = asked_twice();
    ASSERT_TRUE(alone());
    begin_run();
    observe(id, query(Fate::paid));
    EXPECT_EQ(state_of(id), verifying);
    let_time_pass(1h);
    EXPECT_EQ(the(id).due_at, std::nullopt);
    EXPECT_TRUE(check().checks.empty());
    EXPECT_FALSE(alone());
    EXPECT_EQ(write([](store::Tx& tx) { return runs::all_set_aside(tx); }).size(), 1U);
    EXPECT_EQ(broken_laws(), "");
    EXPECT_TRUE(write([&](store::Tx& tx) { return try_again(tx, id, "command line", now_); }));
    EXPECT_EQ(check().checks.size(), 1U);
}

// It is over, and set aside no more: the rail's list is read once for what may turn.
TEST_F(Alone, WhatFailsMeanwhileIsLookedForAsEver) {
    const auto id = asked_twice();
    ASSERT_TRUE(alone());
    begin_run();
    observe(id, failure("1032", true));
    EXPECT_EQ(state_of(id), failed);
    EXPECT_NE(the(id).due_at, std::nullopt);
    EXPECT_TRUE(write([](store::Tx& tx) { return runs::all_set_aside(tx); }).empty());
}

TEST_F(Alone, ARetryTakesNoOtherCallForAPersonBack) {
    const auto id = asked_twice();
    ASSERT_TRUE(alone());
    begin_run();
    write([&](store::Tx& tx) {
        keep_unapplied(tx, id, rails::Source::callback, "{}", "it could not be applied", now_);
    });
    EXPECT_TRUE(write([&](store::Tx& tx) { return try_again(tx, id, "command line", now_); }));
    EXPECT_TRUE(the(id).has(Flag::attention)) << "that one waits for its own answer";
    EXPECT_EQ(check().checks.size(), 1U) << "and it goes on";
    EXPECT_TRUE(write([&](store::Tx& tx) {
        auto deposit = *find(tx, id);
        return attended(tx, deposit, now_, "command line");
    }));
    EXPECT_FALSE(the(id).has(Flag::attention));
}

}  // namespace
}  // namespace lango::deposits::test
