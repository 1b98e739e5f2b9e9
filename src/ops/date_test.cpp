#include "ops/date.hpp"

#include <gtest/gtest.h>

namespace lango::ops {
namespace {

TEST(Date, IsADayOfTheCalendar) {
    EXPECT_EQ(format_utc(*parse_date("2026-12-31")), "2026-12-31 00:00:00");
    EXPECT_EQ(format_utc(*parse_date("2028-02-29")), "2028-02-29 00:00:00");
    for (const auto* text : {"", "2026-2-1", "2026-13-01", "2026-02-30", "31-12-2026", "2026/12/31",
                             "2026-12-31 ", "2026-12-3x", "-026-12-31", "20261231"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

}  // namespace
}  // namespace lango::ops
