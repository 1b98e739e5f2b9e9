#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "merchants/merchants.hpp"

namespace lango::merchants {
namespace {

Merchant charging(std::string_view percent, std::int64_t fixed_minor) {
    Merchant merchant;
    merchant.fee_percent = *Decimal::parse(percent);
    merchant.fee_fixed = Money{fixed_minor, Currency::kes()};
    return merchant;
}

TEST(Fee, IsPercentAndFixedRoundedHalfUpToTheCent) {
    const struct {
        const char* percent;
        std::int64_t fixed, amount, fee;
    } cases[] = {
        {"0", 0, 100'000, 0},           {"1.5", 0, 100'000, 1'500},
        {"1.5", 250, 100'000, 1'750},   {"0", 250, 100'000, 250},
        {"1.25", 0, 3'000, 38},      // 37.5
        {"1.24", 0, 3'000, 37},      // 37.2
        {"0.005", 0, 10'000, 1},     // half a cent
        {"0.004999", 0, 10'000, 0},  // just below
        {"0.000001", 0, 25'000'000, 0}, {"33.333333", 0, 25'000'000, 8'333'333},
        {"100", 0, 5'000, 5'000},       {"100", 1, 5'000, 5'000},  // never more than the amount
        {"0", 10'000, 5'000, 5'000},    {"99.999999", 0, 100, 100},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(charging(c.percent, c.fixed).fee(Money{c.amount, Currency::kes()}).minor(), c.fee)
            << c.percent << " % + " << c.fixed << " of " << c.amount;
    }
}

RC_GTEST_PROP(Fee, LeavesNobodyWithLessThanNothing, ()) {
    const auto millionths = *rc::gen::inRange<std::int64_t>(0, 100'000'001);
    const auto fixed = *rc::gen::inRange<std::int64_t>(0, 25'000'001);
    const auto amount = *rc::gen::inRange<std::int64_t>(1, 25'000'001);
    auto merchant = charging("0", fixed);
    merchant.fee_percent = Decimal{millionths, 6};
    const auto fee = merchant.fee(Money{amount, Currency::kes()}).minor();
    RC_ASSERT(fee >= 0 && fee <= amount);
    // Within half a cent of the exact fee, in hundred millionths of a cent.
    const __int128 exact = static_cast<__int128>(amount) * millionths;
    const __int128 rounded = static_cast<__int128>(fee - fixed) * 100'000'000;
    if (fee < amount) RC_ASSERT(rounded - exact <= 50'000'000 && exact - rounded < 50'000'000);
}

TEST(PayoutFee, ComesOnTopAndMayBeMoreThanTheAmount) {
    auto merchant = charging("50", 999'900);  // of deposits, and no matter
    merchant.payout_fee_percent = *Decimal::parse("1.25");
    merchant.payout_fee_fixed = Money{250, Currency::kes()};
    const auto fee = [&](std::int64_t amount) {
        return merchant.payout_fee(Money{amount, Currency::kes()}).minor();
    };
    EXPECT_EQ(fee(100'000), 1'500);
    EXPECT_EQ(fee(3'000), 288);  // 37.5 + 250
    EXPECT_EQ(fee(100), 251);    // 1.25 + 250
    EXPECT_EQ(Merchant{}.payout_fee(Money::kes(250'000)), Money::zero());
}

TEST(AllowList, LetsEveryAddressInWhenItIsEmpty) {
    EXPECT_TRUE(Merchant{}.allows_address("203.0.113.7"));
    EXPECT_TRUE(Merchant{}.allows_address(""));
}

TEST(AllowList, LetsInWhatItNames) {
    Merchant merchant;
    merchant.ip_allow_list = {"203.0.113.7", "2001:db8::1"};
    EXPECT_TRUE(merchant.allows_address("203.0.113.7"));
    EXPECT_TRUE(merchant.allows_address("2001:db8::1"));
    EXPECT_FALSE(merchant.allows_address("203.0.113.70"));
    EXPECT_FALSE(merchant.allows_address("203.0.113"));
    EXPECT_FALSE(merchant.allows_address(""));
}

}  // namespace
}  // namespace lango::merchants
