// When a run is careful, what it keeps apart and what is set aside: the rules, and the row.
#include "runs/run.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::runs {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 9h};
constexpr Subject postback{.kind = Kind::postback, .id = 7};

TEST(Rule, OneDeathIsNoReasonForCare) {
    const auto second = next_after({.number = 1});
    EXPECT_EQ(second.number, 2);
    EXPECT_EQ(second.deaths, 1);
    EXPECT_FALSE(is_careful(second));
    EXPECT_FALSE(suspected(second).has(1));
}

TEST(Rule, TwoDeathsInARowAre) {
    const auto third = next_after(next_after({.number = 1}));
    EXPECT_TRUE(is_careful(third));
    const auto marks = suspected(third);
    EXPECT_TRUE(marks.has(1));
    EXPECT_TRUE(marks.has(2));
    EXPECT_FALSE(marks.has(3)) << "what it takes itself";
    EXPECT_FALSE(marks.has(0)) << "what nobody took";
}

TEST(Rule, ARunThatSettledEndsTheRow) {
    const auto next = next_after({.number = 9, .deaths = 5, .settled = true});
    EXPECT_EQ(next.deaths, 0);
    EXPECT_FALSE(is_careful(next));
    EXPECT_FALSE(is_careful({.number = 9, .deaths = 5, .settled = true})) << "after ten minutes";
}

TEST(Rule, MarksOfBeforeTheRowAreNotSuspected) {
    const auto marks = suspected({.number = 10, .deaths = 2});
    EXPECT_FALSE(marks.has(7)) << "it ended well, whatever it left";
    EXPECT_TRUE(marks.has(8));
    EXPECT_TRUE(marks.has(9));
}

TEST(Rule, OnlyWhatWentAloneIsSetAsideAndOnlyIfTheRunDied) {
    EXPECT_EQ(died_of({.number = 3, .deaths = 2}), std::nullopt);
    EXPECT_EQ(died_of({.number = 3, .deaths = 2, .alone = postback}), postback);
    EXPECT_EQ(died_of({.number = 3, .deaths = 2, .settled = true, .alone = postback}),
              std::nullopt);
}

TEST(Rule, EveryKindHasItsName) {
    for (const auto kind :
         {Kind::postback, Kind::event, Kind::withdrawal, Kind::deposit, Kind::message}) {
        EXPECT_EQ(parse_kind(name(kind)), kind);
    }
    EXPECT_EQ(parse_kind("batch"), std::nullopt);
}

class Runs : public testing::Test {
  protected:
    Begun start() {
        return book_.write([](store::Tx& tx) { return begin(tx, now); });
    }
    runs::Run stored() {
        return book_.write([](store::Tx& tx) { return current(tx); });
    }
    store::test::MemoryStore book_;
};

TEST_F(Runs, TheFirstOfAllFollowsNoDeath) {
    const auto first = start();
    EXPECT_EQ(first.run.number, 1);
    EXPECT_EQ(first.run.deaths, 0);
    EXPECT_EQ(stored().number, 1);
    EXPECT_FALSE(stored().settled);
}

TEST_F(Runs, CountDeathsUntilOneSettles) {
    static_cast<void>(start());
    EXPECT_EQ(start().run.deaths, 1);
    EXPECT_EQ(start().run.deaths, 2);
    EXPECT_TRUE(is_careful(stored()));
    book_.write([](store::Tx& tx) { settle(tx, now); });
    EXPECT_FALSE(is_careful(stored())) << "from then on, within the run";
    EXPECT_EQ(start().run.deaths, 0);
}

TEST_F(Runs, TellTheNextWhatWentAlone) {
    static_cast<void>(start());
    book_.write([](store::Tx& tx) { begin_alone(tx, postback); });
    EXPECT_EQ(stored().alone, postback);
    EXPECT_EQ(start().died, postback);
    EXPECT_EQ(stored().alone, std::nullopt);
    EXPECT_EQ(start().died, std::nullopt) << "once";
}

TEST_F(Runs, TellNothingOfWhatCameToItsEnd) {
    static_cast<void>(start());
    book_.write([](store::Tx& tx) { begin_alone(tx, postback); });
    book_.write([](store::Tx& tx) { end_alone(tx); });
    EXPECT_EQ(start().died, std::nullopt);
}

TEST_F(Runs, KeepWhatIsSetAsideUntilAPersonTakesItBack) {
    book_.write([](store::Tx& tx) { set_aside(tx, postback, 3, now); });
    book_.write([](store::Tx& tx) { set_aside(tx, postback, 5, now + 1h); });
    const auto all = book_.write([](store::Tx& tx) { return all_set_aside(tx); });
    ASSERT_EQ(all.size(), 1U) << "the retry died as well";
    EXPECT_EQ(all[0].subject, postback);
    EXPECT_EQ(all[0].run, 5);
    EXPECT_TRUE(book_.write([](store::Tx& tx) { return take_back(tx, postback); }));
    EXPECT_FALSE(book_.write([](store::Tx& tx) { return take_back(tx, postback); }));
}

}  // namespace
}  // namespace lango::runs
