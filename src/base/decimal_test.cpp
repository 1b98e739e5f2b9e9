#include "base/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>

namespace lango {
namespace {

std::string through(std::string_view text) {
    const auto number = Decimal::parse(text);
    return number ? number->text() : "nothing";
}

TEST(Decimal, ReadsANumberAndPrintsItShort) {
    const struct {
        std::string_view text, shortest;
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"0.000", "0"},
        {"0e999999999999999999999", "0"},
        {"331.00", "331"},
        {"20.34", "20.34"},
        {"-0.5", "-0.5"},
        {"-1.50", "-1.5"},
        {"0.00077816", "0.00077816"},
        {"1e3", "1000"},
        {"1E+3", "1000"},
        {"1.5e1", "15"},
        {"1.0e-5", "0.00001"},
        {"2500e-2", "25"},
        {"1000000000000000000000e-10", "100000000000"},
        {"0.000000000000000001", "0.000000000000000001"},
        {"1.0000000000000000000000000000", "1"},
        {"0.0000000000000000000000000001e28", "1"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"-9.223372036854775808", "-9.223372036854775808"},
        {"9223372036854775807000e-3", "9223372036854775807"},
    };
    for (const auto& c : cases) EXPECT_EQ(through(c.text), c.shortest) << c.text;
}

TEST(Decimal, RefusesWhatItCannotHold) {
    for (const auto* text :
         {"9223372036854775808", "-9223372036854775809", "0.0000000000000000001", "1e19", "1e-19",
          "18446744073709551616", "1e999999999999999999999", "1e-999999999999999999999",
          "1.0000000000000000001", "10000000000000000000000000000"}) {
        EXPECT_EQ(through(text), "nothing") << text;
    }
}

TEST(Decimal, RefusesWhatIsNoJsonNumber) {
    for (const auto* text :
         {"",      "-",  "+1", "01",  "-01",  ".5",  "1.",       "1.e3", "1e",  "1e+",
          "1e1.5", " 1", "1 ", "1,5", "0x10", "NaN", "Infinity", "1-",   "--1", "1ee3"}) {
        EXPECT_EQ(through(text), "nothing") << text;
    }
    EXPECT_EQ(through(std::string_view("1\0", 2)), "nothing");
}

TEST(Decimal, ComparesAsANumber) {
    EXPECT_EQ(Decimal(150, 2), Decimal(15, 1));
    EXPECT_EQ(Decimal(0, 7), Decimal());
    EXPECT_NE(Decimal(15, 1), Decimal(15, 2));
    EXPECT_EQ(Decimal(-1000, 3).scale(), 0);
}

TEST(DecimalDeathTest, ScalesOutOfRangeAreAMistake) {
    EXPECT_DEATH(Decimal(1, 19), "scale");
    EXPECT_DEATH(Decimal(1, -1), "scale");
    EXPECT_DEATH(static_cast<void>(power_of_ten(19)), "exponent");
}

RC_GTEST_PROP(Decimal, ReadsBackWhatItPrints, (std::int64_t units)) {
    const Decimal number(units, *rc::gen::inRange(0, Decimal::scale_max + 1));
    const auto again = Decimal::parse(number.text());
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == number);
    RC_ASSERT(again->text() == number.text());
}

RC_GTEST_PROP(Decimal, IsTheSameWrittenWithAnExponent, (std::int32_t units)) {
    const int scale = *rc::gen::inRange(0, 9);
    const auto text = std::to_string(units) + "e-" + std::to_string(scale);
    RC_ASSERT(Decimal::parse(text) == Decimal(units, scale));
}

TEST(Divide, RoundsAsTold) {
    const struct {
        int numerator, denominator, half_up, down, up;
    } cases[] = {
        {6, 3, 2, 2, 2},     {7, 3, 2, 2, 3},     {8, 3, 3, 2, 3}, {5, 2, 3, 2, 3},
        {-5, 2, -3, -2, -3}, {-7, 3, -2, -2, -3}, {0, 9, 0, 0, 0}, {1, 9, 0, 0, 1},
    };
    for (const auto& c : cases) {
        EXPECT_TRUE(divide(c.numerator, c.denominator, Rounding::half_up) == c.half_up);
        EXPECT_TRUE(divide(c.numerator, c.denominator, Rounding::down) == c.down);
        EXPECT_TRUE(divide(c.numerator, c.denominator, Rounding::up) == c.up);
    }
}

TEST(Divide, HoldsAtTheEndsOfItsRange) {
    const __int128 largest = static_cast<__int128>(~static_cast<unsigned __int128>(0) >> 1);
    EXPECT_TRUE(divide(largest, 1, Rounding::up) == largest);
    EXPECT_TRUE(divide(-largest - 1, 1, Rounding::up) == -largest - 1);
    EXPECT_TRUE(divide(largest - 1, largest, Rounding::half_up) == 1);
    EXPECT_TRUE(divide(1, largest, Rounding::half_up) == 0);
}

TEST(DivideDeathTest, NothingIsDividedByZero) {
    EXPECT_DEATH(static_cast<void>(divide(1, 0, Rounding::up)), "denominator > 0");
}

// With q the result and n/d the ratio: |q*d| <= |n| is down, |q*d| >= |n| is up, and half_up is the
// nearest, |2(q*d - n)| <= d, where a half goes away from zero.
RC_GTEST_PROP(Divide, AgreesWithTheRatio, (std::int64_t numerator, std::int64_t any)) {
    const __int128 n = numerator;
    const __int128 d = any == 0 ? __int128{1} : any < 0 ? -static_cast<__int128>(any) : any;
    const auto size = [](__int128 x) { return x < 0 ? -x : x; };
    const __int128 down = divide(n, d, Rounding::down);
    const __int128 up = divide(n, d, Rounding::up);
    const __int128 near = divide(n, d, Rounding::half_up);
    RC_ASSERT(size(down * d) <= size(n) && size(n) - size(down * d) < d);
    RC_ASSERT(size(up * d) >= size(n) && size(up * d) - size(n) < d);
    const __int128 twice_off = 2 * (size(near * d) - size(n));
    RC_ASSERT(twice_off <= d && twice_off > -d);
    for (const __int128 q : {down, up, near}) RC_ASSERT(q == 0 || (q < 0) == (n < 0));
}

}  // namespace
}  // namespace lango
