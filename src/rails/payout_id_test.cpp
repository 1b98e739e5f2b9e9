#include "rails/payout_id.hpp"

#include <gtest/gtest.h>

namespace lango::rails {
namespace {

const Secret key{"thirty-two bytes that never change"};

TEST(PayoutId, FollowsFromTheMerchantsKeyAndHisName) {
    const auto id = payout_id(key, "w-1");
    EXPECT_EQ(id, payout_id(key, "w-1"));
    EXPECT_NE(id, payout_id(key, "w-2"));
    EXPECT_NE(id, payout_id(Secret{"another merchant's"}, "w-1"));
    EXPECT_EQ(id.size(), 36U);
    EXPECT_TRUE(is_payout_id(id));
}

// These bytes went out: whoever changes them pays a second time what is asked again.
TEST(PayoutId, NeverChanges) {
    EXPECT_EQ(payout_id(key, "w-1"), "lango-9fcff797e482382aa0babf6e1da899");
    EXPECT_EQ(payout_id(WithdrawalId{0x0123456789abcdef}), "lango-0123456789abcdef");
}

TEST(PayoutId, IsToldFromTheRailsOwn) {
    for (const auto* other :
         {"", "lango-", "lango-12", "53e3-4aa8-9fe0-8fb5e4092cdd3533373", "lango-0123456789ABCDEF",
          "lango-0123456789abcdef0", "LANGO-0123456789abcdef"}) {
        EXPECT_FALSE(is_payout_id(other)) << other;
    }
    EXPECT_TRUE(is_payout_id("lango-0123456789abcdef"));
}

}  // namespace
}  // namespace lango::rails
