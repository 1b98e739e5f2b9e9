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

TEST(Utf8, KnowsATextFromOtherBytes) {
    EXPECT_TRUE(utf8::is_whole(""));
    EXPECT_TRUE(utf8::is_whole("Ng\u2019ang\u2019a \U0001F600"));
    EXPECT_FALSE(
        utf8::is_whole("Ng\x92"
                       "ang\x92"
                       "a"));
    EXPECT_FALSE(utf8::is_whole("a\xc3"));
}

TEST(Utf8, IsMadeOfUtf16) {
    const auto bytes = [](std::u16string_view text, bool big) {
        std::string out;
        for (const auto c : text) {
            const auto high = static_cast<char>(c >> 8U);
            const auto low = static_cast<char>(c & 0xFFU);
            out += big ? std::string{high, low} : std::string{low, high};
        }
        return out;
    };
    for (const bool big : {false, true}) {
        const auto order = big ? utf8::Order::big_endian : utf8::Order::little_endian;
        EXPECT_EQ(
            utf8::from_utf16(bytes(u"a\u00e9\u07ff\u0800\uffff\U0001F600\U0010FFFF", big), order),
            "a\u00e9\u07ff\u0800\uffff\U0001F600\U0010FFFF");
        for (const auto& bad :
             {std::u16string{0xD83D}, std::u16string{0xD83D, u'a'}, std::u16string{0xDE00, 0xD83D},
              std::u16string{0xD83D, 0xD83D}, std::u16string{0xD83D, 0xE000}}) {
            EXPECT_EQ(utf8::from_utf16(bytes(bad, big), order), std::nullopt);
        }
        EXPECT_EQ(utf8::from_utf16("abc", order), std::nullopt);
        EXPECT_EQ(utf8::from_utf16("", order), "");
    }
}

}  // namespace
}  // namespace lango
