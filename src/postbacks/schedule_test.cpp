#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "postbacks/postback.hpp"

namespace lango::postbacks {
namespace {

using namespace std::chrono_literals;

const Instant first = from_micros(1'790'000'000'000'000);
constexpr std::array<Duration, 14> pauses{10s, 30s, 2min, 5min, 15min, 30min, 1h,
                                          2h,  4h,  8h,   12h,  12h,   12h,   12h};

TEST(Schedule, GrowsFromTenSecondsToTwelveHours) {
    for (std::size_t i = 0; i < pauses.size(); ++i) {
        EXPECT_EQ(next_attempt({}, static_cast<int>(i) + 1, first, first + 1h, 0),
                  first + 1h + pauses[i])
            << "after attempt " << i + 1;
    }
    EXPECT_EQ(next_attempt({}, 1000, first, first, 0), first + 12h);
}

TEST(Schedule, AddsUpToATenthSoThatRetriesSpread) {
    for (std::size_t i = 0; i < pauses.size(); ++i) {
        const auto most = static_cast<std::uint64_t>(pauses[i].count() / 10);
        const auto attempts = static_cast<int>(i) + 1;
        EXPECT_EQ(next_attempt({}, attempts, first, first, most),
                  first + pauses[i] + pauses[i] / 10);
        for (const auto random :
             {most + 1, most * 7 + 3, std::numeric_limits<std::uint64_t>::max()}) {
            const auto at = next_attempt({}, attempts, first, first, random);
            ASSERT_TRUE(at);
            EXPECT_GE(*at, first + pauses[i]);
            EXPECT_LE(*at, first + pauses[i] + pauses[i] / 10);
        }
    }
}

TEST(Schedule, EndsThreeDaysAfterTheFirstAttempt) {
    EXPECT_EQ(next_attempt({}, 14, first, first + 60h, 0), first + 72h);
    EXPECT_FALSE(next_attempt({}, 14, first, first + 60h, 1));
    EXPECT_FALSE(next_attempt({}, 1, first, first + 72h, 0));
}

TEST(Schedule, MayBeAMerchantsOwn) {
    const merchants::PostbackSchedule own{.pauses = {5s, 1min}, .give_up_after = 10min};
    EXPECT_EQ(next_attempt(own, 1, first, first, 0), first + 5s);
    EXPECT_EQ(next_attempt(own, 2, first, first, 0), first + 1min);
    EXPECT_EQ(next_attempt(own, 7, first, first + 9min, 0), first + 10min);
    EXPECT_FALSE(next_attempt(own, 8, first, first + 9min + 1s, 0));
}

TEST(Schedule, OfADeadMerchantHasAboutFifteenAttempts) {
    for (const std::uint64_t random :
         {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()}) {
        int attempts = 1;
        for (auto at = first;; ++attempts) {
            const auto next = next_attempt({}, attempts, first, at + 10s, random);
            if (!next) break;
            at = *next;
        }
        EXPECT_GE(attempts, 14);
        EXPECT_LE(attempts, 16);
    }
}

}  // namespace
}  // namespace lango::postbacks
