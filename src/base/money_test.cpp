#include "base/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <optional>

#include "base/result.hpp"

namespace lango {
namespace {

const Currency usd = *Currency::parse("USD");

TEST(Currency, IsThreeUpperCaseLetters) {
    EXPECT_EQ(Currency::parse("KES"), Currency::kes());
    EXPECT_EQ(Currency::kes().code(), "KES");
    for (const auto* text : {"", "KE", "KESH", "kes", "K3S", "KE\xc3"}) {
        EXPECT_FALSE(Currency::parse(text)) << text;
    }
}

TEST(Money, CountsInMinorUnits) {
    EXPECT_EQ(Money::kes(30).minor(), 3000);
    EXPECT_EQ(Money::kes(-2).minor(), -200);
    EXPECT_TRUE(Money::zero().is_zero());
    EXPECT_EQ(Money::zero(usd).currency(), usd);
}

TEST(Money, PrintsShort) {
    EXPECT_EQ(Money::kes(3000).text(), "3000");
    EXPECT_EQ(Money(1250, Currency::kes()).text(), "12.5");
    EXPECT_EQ(Money(-5, Currency::kes()).text(), "-0.05");
    EXPECT_EQ(Money::zero().text(), "0");
}

TEST(Money, ComesFromADecimalOnlyIfItIsExact) {
    const struct {
        std::string_view text;
        std::optional<std::int64_t> minor;
    } cases[] = {
        {"3000", 300'000},
        {"331.00", 33'100},
        {"1e3", 100'000},
        {"0.01", 1},
        {"-0.5", -50},
        {"0.001", std::nullopt},
        {"10.005", std::nullopt},
        {"10000000000000000", Money::limit},
        {"-10000000000000000", -Money::limit},
        {"10000000000000000.01", std::nullopt},
        {"9223372036854775807", std::nullopt},
        {"-9223372036854775808", std::nullopt},
    };
    for (const auto& c : cases) {
        const auto money = Money::from_decimal(*Decimal::parse(c.text), Currency::kes());
        EXPECT_EQ(money.has_value(), c.minor.has_value()) << c.text;
        if (money && c.minor) EXPECT_EQ(money->minor(), *c.minor) << c.text;
    }
}

TEST(Money, KnowsWholeAmounts) {
    EXPECT_EQ(Money::kes(41).whole(), 41);
    EXPECT_FALSE(Money(4150, Currency::kes()).is_whole());
}

TEST(Money, Orders) {
    EXPECT_LT(Money::kes(1), Money::kes(2));
    EXPECT_GT(Money::kes(1), Money::kes(-2));
    EXPECT_NE(Money::zero(usd), Money::zero());
}

TEST(Money, RefusesToAddTwoCurrencies) {
    EXPECT_THROW(static_cast<void>(Money::kes(1) + Money::zero(usd)), Unsound);
    EXPECT_THROW(static_cast<void>(Money::kes(1) - Money::zero(usd)), Unsound);
    EXPECT_THROW(static_cast<void>(Money::kes(1) < Money::zero(usd)), Unsound);
}

TEST(Money, RefusesToGrowPastItsLimit) {
    const Money most(Money::limit, Currency::kes());
    EXPECT_THROW(static_cast<void>(most + Money(1, Currency::kes())), Unsound);
    EXPECT_THROW(static_cast<void>(-most - Money(1, Currency::kes())), Unsound);
    EXPECT_THROW(static_cast<void>(Money::kes(Money::limit)), Unsound);
    EXPECT_THROW(Money(std::numeric_limits<std::int64_t>::min(), Currency::kes()), Unsound);
}

TEST(Money, RefusesToCutCentsOff) {
    EXPECT_THROW(static_cast<void>(Money(4150, Currency::kes()).whole()), Unsound);
}

RC_GTEST_PROP(Money, AddsAndTakesAway, (std::int32_t a, std::int32_t b)) {
    const Money x(a, Currency::kes());
    const Money y(b, Currency::kes());
    RC_ASSERT(x + y - y == x);
    RC_ASSERT(x - y == -(y - x));
    RC_ASSERT((x < y) == (a < b));
}

}  // namespace
}  // namespace lango
