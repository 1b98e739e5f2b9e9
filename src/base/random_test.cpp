#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace lango {
namespace {

TEST(SeededRandom, RepeatsItselfFromTheSameSeed) {
    SeededRandom a(7);
    SeededRandom b(7);
    SeededRandom c(8);
    const auto first = a.next();
    EXPECT_EQ(first, b.next());
    EXPECT_NE(first, c.next());
    EXPECT_EQ(a.alphanumeric(40), b.alphanumeric(40));
}

// The first outputs of splitmix64 from 0, as its author's C code prints them.
TEST(SeededRandom, IsSplitmix64) {
    SeededRandom random(0);
    EXPECT_EQ(random.next(), 0xe220a8397b1dcdafU);
    EXPECT_EQ(random.next(), 0x6e789e6aa1b965f4U);
}

TEST(SeededRandom, FillsAnyLength) {
    SeededRandom random(1);
    std::array<unsigned char, 21> bytes{};
    random.fill(bytes);
    EXPECT_TRUE(std::ranges::any_of(bytes, [](auto byte) { return byte != 0; }));
    random.fill({});
}

TEST(Random, BelowReachesEveryNumberUnderItsBound) {
    SeededRandom random(3);
    std::array<int, 6> seen{};
    for (int i = 0; i < 6000; ++i) ++seen.at(random.below(6));
    for (const int count : seen) EXPECT_NEAR(count, 1000, 200);
    EXPECT_EQ(random.below(1), 0U);
}

TEST(RandomDeathTest, BelowNothingIsAMistake) {
    SeededRandom random(3);
    EXPECT_DEATH(static_cast<void>(random.below(0)), "bound > 0");
}

TEST(Random, AlphanumericDrawsFromAllSixtyTwo) {
    SeededRandom random(4);
    const std::string text = random.alphanumeric(10'000);
    EXPECT_EQ(text.size(), 10'000U);
    EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 62U);
    EXPECT_TRUE(std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0; }));
    EXPECT_EQ(random.alphanumeric(0), "");
}

TEST(SystemRandom, DoesNotRepeatItself) {
    SystemRandom a;
    SystemRandom b;
    EXPECT_NE(a.alphanumeric(20), b.alphanumeric(20));
}

}  // namespace
}  // namespace lango
