#include "base/time.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace lango {
namespace {

using namespace std::chrono;

// 2023-09-26 22:00:54.012345 UTC
const Instant moment = sys_days{2023y / 9 / 26} + 22h + 54s + microseconds{12345};

TEST(Time, PrintsUtcAsAPostbackDoes) {
    EXPECT_EQ(format_utc(moment), "2023-09-26 22:00:54");
    EXPECT_EQ(format_utc(from_micros(0)), "1970-01-01 00:00:00");
    EXPECT_EQ(format_utc(from_micros(-1)), "1969-12-31 23:59:59");
    EXPECT_EQ(format_utc(sys_days{2024y / 2 / 29}), "2024-02-29 00:00:00");
}

TEST(Time, PrintsRfc3339WithMicroseconds) {
    EXPECT_EQ(format_rfc3339(moment), "2023-09-26T22:00:54.012345Z");
}

TEST(Time, PrintsTheCompactFormOfDarajaThreeHoursAhead) {
    EXPECT_EQ(format_eat_compact(moment), "20230927010054");
}

TEST(Time, PrintsTheTimeOfAZone) {
    EXPECT_EQ(format_in_zone(moment, "Africa/Nairobi"), "2023-09-27 01:00:54");
    EXPECT_EQ(format_in_zone(moment, "UTC"), "2023-09-26 22:00:54");
    EXPECT_EQ(format_in_zone(moment, "Asia/Kolkata"), "2023-09-27 03:30:54");
}

TEST(Time, FollowsDaylightSaving) {
    const Instant winter = sys_days{2023y / 1 / 15};
    const Instant summer = sys_days{2023y / 7 / 15};
    EXPECT_EQ(format_in_zone(winter, "Europe/Berlin"), "2023-01-15 01:00:00");
    EXPECT_EQ(format_in_zone(summer, "Europe/Berlin"), "2023-07-15 02:00:00");
}

TEST(Time, TellsAZoneFromAnotherText) {
    EXPECT_TRUE(known_zone("Africa/Nairobi"));
    for (const char* text : {"", "Africa/Atlantis", "../etc/passwd", "africa/nairobi"}) {
        EXPECT_FALSE(known_zone(text)) << text;
    }
    EXPECT_THROW(static_cast<void>(format_in_zone(moment, "Africa/Atlantis")), std::runtime_error);
}

TEST(Time, RefusesYearsThatFourDigitsCannotHold) {
    EXPECT_THROW(static_cast<void>(format_utc(Instant::max())), std::out_of_range);
    EXPECT_THROW(static_cast<void>(format_utc(Instant::min())), std::out_of_range);
}

TEST(Time, ThatLiesAheadWasWrittenByAClockThatWasAhead) {
    constexpr Instant now{std::chrono::hours{100}};
    using namespace std::chrono_literals;
    EXPECT_FALSE(lies_ahead(now, now));
    EXPECT_FALSE(lies_ahead(now + 1min, now)) << "clocks are put right by less all the time";
    EXPECT_TRUE(lies_ahead(now + 61s, now));
    EXPECT_FALSE(has_passed(now, 1h, now + 59min));
    EXPECT_TRUE(has_passed(now, 1h, now + 1h));
    EXPECT_TRUE(has_passed(now + 24h, 1h, now));
    EXPECT_TRUE(is_still_on(now + 30s, 30s, now));
    EXPECT_FALSE(is_still_on(now, 30s, now));
    EXPECT_FALSE(is_still_on(now + 24h, 30s, now));
}

}  // namespace
}  // namespace lango
