// The whole gateway dies twice in a row: what was in flight then is taken up one at a time, beside
// everything else, and ten minutes later it is as if nothing had been.
#include <gtest/gtest.h>

#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using withdrawals::State;

class Deaths : public testing::Test {
  protected:
    Deaths() {
        world_.fund(10'000);
        world_.let_time_pass(2min);
    }
    void die_twice() {
        world_.restart_gateway();
        world_.let_time_pass(1s);
        world_.restart_gateway();
        EXPECT_EQ(world_.number("SELECT deaths FROM run"), 2);
    }
    std::int64_t marked_before() {
        return world_.number(
            "SELECT (SELECT COUNT(*) FROM withdrawals WHERE taken_in BETWEEN 1 AND 2) + "
            "(SELECT COUNT(*) FROM deposits WHERE taken_in BETWEEN 1 AND 2) + "
            "(SELECT COUNT(*) FROM postbacks WHERE taken_in BETWEEN 1 AND 2)");
    }

    World world_{{.seed = 41, .payouts = true}};
};

TEST_F(Deaths, APayoutInFlightIsAskedAboutAloneAndPaidOnce) {
    // The rail pays it and tells nothing: only a question can settle it.
    const auto id = world_.withdraw(1000, "254712345162", "in flight");
    ASSERT_TRUE(id);
    for (int n = 0; n < 1000 && world_.withdrawal(*id).state != State::sending; ++n) {
        world_.let_time_pass(1ms);
    }
    ASSERT_EQ(world_.withdrawal(*id).state, State::sending);
    die_twice();
    EXPECT_EQ(marked_before(), 1);
    const auto beside = world_.withdraw(500, "254712345678", "beside");
    ASSERT_TRUE(beside);
    world_.let_time_pass(30s);
    EXPECT_EQ(world_.withdrawal(*beside).state, State::paid);
    world_.let_time_pass(8min);
    EXPECT_EQ(world_.number("SELECT settled_at IS NULL FROM run"), 1) << "still careful";
    EXPECT_EQ(world_.withdrawal(*id).state, State::paid);
    EXPECT_EQ(marked_before(), 0);
    EXPECT_EQ(world_.number("SELECT alone_kind FROM run"), 0);
    EXPECT_EQ(world_.rail().ledger().payouts().size(), 2U);
    world_.let_time_pass(3min);
    EXPECT_EQ(world_.number("SELECT settled_at IS NOT NULL FROM run"), 1);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM set_aside"), 0);
    EXPECT_EQ(world_.broken_laws(), "");
    EXPECT_EQ(world_.ledgers_differ(), "");
}

TEST_F(Deaths, ADepositInFlightIsAskedAboutAloneAndCreditedOnce) {
    const auto order = world_.create(100, "254712345678", "in flight");
    ASSERT_NE(order, "");
    for (int n = 0; n < 1000 && world_.state_of(order) != "pushing"; ++n) {
        world_.let_time_pass(1ms);
    }
    die_twice();
    const auto beside = world_.create(100, "254712345679", "beside");
    world_.let_time_pass(9min);
    EXPECT_EQ(world_.state_of(beside), "paid");
    EXPECT_EQ(world_.state_of(order), "paid");
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM postbacks WHERE state <> 2"), 0);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM set_aside"), 0);
    EXPECT_EQ(world_.broken_laws(), "");
    EXPECT_EQ(world_.ledgers_differ(), "");
}

}  // namespace
}  // namespace lango::simulation
