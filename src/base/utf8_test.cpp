#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango {
namespace {

TEST(Utf8, ReadsTheCharacterAtTheFront) {
    EXPECT_EQ(utf8::first("a").code, U'a');
    EXPECT_EQ(utf8::first("\u00e9x").code, U'\u00e9');
    EXPECT_EQ(utf8::first("\u20acx").code, U'\u20ac');
    EXPECT_EQ(utf8::first("\U0001F600").code, U'\U0001F600');
    EXPECT_EQ(utf8::first("\U0010FFFF").bytes, 4U);
    EXPECT_EQ(utf8::first(std::string_view("\0", 1)).bytes, 1U);
}

TEST(Utf8, RefusesWhatIsCutOffOverlongOrASurrogate) {
    for (const std::string bad :
         {"\xff", "\xc3", "\xc3(", "\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf",
          "\xe2\x82", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf0\x9f\x98", "\xf4\x90\x80\x80",
          "\xf5\x80\x80\x80"}) {
        EXPECT_EQ(utf8::first(bad).bytes, 0U) << testing::PrintToString(bad);
    }
}

}  // namespace
}  // namespace lango
