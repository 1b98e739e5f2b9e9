// What a clock wrote that ran ahead and has been put right.
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Submitted;

// It went out by a clock that was a day ahead: within a day of that time the rail may have
// forgotten the id for long.
TEST_F(Withdrawals, WhatWentOutByAClockThatWasAheadNeverGoesAgainByItself) {
    now_ = start + 24h;
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    const auto before = row(*id).sent_at;
    now_ = start + 5min;
    book_.write([&](store::Tx& tx) { bound_due_times(tx, timing_, now_); });
    EXPECT_EQ(row(*id).sent_at, before) << "as its events tell it";
    EXPECT_EQ(not_found(*id, "AG_1"), Settled::pending);
    EXPECT_EQ(not_found(*id, "AG_2"), Settled::pending);
    EXPECT_TRUE(row(*id).has(Flag::attention)) << "on the same day, and not a day later";
    now_ = start + 24h + 30min;  // the time that it says to have gone out has come
    EXPECT_EQ(not_found(*id, "AG_3"), Settled::pending);
    EXPECT_EQ(not_found(*id, "AG_4"), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_EQ(row(*id).sends, 1);
}

TEST_F(Withdrawals, ARepeatThatWasQueuedByAClockThatWasAheadIsAPersons) {
    now_ = start + 24h;
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    not_found(*id, "AG_1");
    ASSERT_EQ(not_found(*id, "AG_2"), Settled::sent_again);
    now_ = start + 10min;
    book_.write([&](store::Tx& tx) { bound_due_times(tx, timing_, now_); });
    now_ = start + 11min;
    EXPECT_EQ(take(), 0U);
    EXPECT_TRUE(row(*id).has(Flag::attention));
    // What has not gone out waits no longer than it would have.
    now_ = start + 24h;
    const auto fresh = create();
    now_ = start + 12min;
    book_.write([&](store::Tx& tx) { bound_due_times(tx, timing_, now_); });
    now_ += longest_send_pause;
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(*fresh).state, State::sending);
}

}  // namespace
}  // namespace lango::withdrawals::test
