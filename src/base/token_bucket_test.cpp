#include "base/token_bucket.hpp"

#include <gtest/gtest.h>

namespace lango {
namespace {

using namespace std::chrono_literals;

const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

// So many of `wanted` in each step as there are, for that long.
std::size_t taken(TokenBucket& bucket, Duration for_long, Duration step) {
    std::size_t all = 0;
    for (auto now = start; now < start + for_long; now += step) {
        const auto some = bucket.available(now);
        bucket.spend(some);
        all += some;
    }
    return all;
}

TEST(TokenBucket, HoldsASecondsWorthOfManyAndOneOfFew) {
    EXPECT_EQ(TokenBucket{50}.available(start), 50U);
    EXPECT_EQ((TokenBucket{600, 1min}.available(start)), 10U);
    EXPECT_EQ((TokenBucket{5, 1min}.available(start)), 1U);
}

TEST(TokenBucket, FillsAtItsRateHoweverOftenItIsAsked) {
    for (const auto step : {Duration{7us}, Duration{1ms}, Duration{150ms}}) {
        TokenBucket seconds{50};
        const auto many = taken(seconds, 2s, step);
        EXPECT_GE(many, 140U) << step.count();
        EXPECT_LE(many, 150U) << step.count();
        TokenBucket minutes{60, 1min};
        const auto few = taken(minutes, 5s, step);
        EXPECT_GE(few, 5U) << step.count();
        EXPECT_LE(few, 6U) << step.count();
    }
}

TEST(TokenBucket, SaysWhenTheNextIsThere) {
    TokenBucket bucket{5, 1min};
    bucket.spend(bucket.available(start));
    const auto next = bucket.next_at(start);
    EXPECT_GE(next, start + 12s);
    EXPECT_LE(next, start + 12s + 1ms);
    EXPECT_EQ(bucket.available(next - 1ms), 0U);
    EXPECT_EQ(bucket.available(next), 1U);
    bucket.spend(2);
    EXPECT_EQ(bucket.available(next + 12s), 0U) << "a debt is paid first";
    EXPECT_EQ(bucket.available(next + 24s), 1U);
}

// It was a day ahead when the bucket was filled last.
TEST(TokenBucket, FillsWhenTheClockHasGoneBack) {
    constexpr Instant now{std::chrono::hours{1000}};
    TokenBucket bucket{10};
    EXPECT_EQ(bucket.available(now + 24h), 10U);
    bucket.spend(10);
    EXPECT_EQ(bucket.available(now), 0U);
    EXPECT_EQ(bucket.available(now + 1s), 10U);
}

}  // namespace
}  // namespace lango
