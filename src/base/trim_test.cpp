#include "base/trim.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango {
namespace {

TEST(Trim, TakesOffBothEndsWhatLaravelDoes) {
    const struct {
        std::string_view sent;
        std::string_view kept;
    } cases[] = {
        {"w", "w"},
        {"w ", "w"},
        {" \t\r\n\v\f w\u00a0", "w"},
        {"\u202fw\u3000", "w"},
        {"\ufeffw\u200b", "w"},
        {"\u200ew\u200e", "w"},
        {"\u2028w\u0085", "w"},
        {"a  b", "a  b"},
        {"a\u00a0b", "a\u00a0b"},
        {" \u2003\u200a ", ""},
        {"", ""},
        // What it leaves: a joiner, the other marks of direction, letters beside what it drops.
        {"w\u200d", "w\u200d"},
        {"\u200fw", "\u200fw"},
        {"\u202aw", "\u202aw"},
        {"é", "é"},
        {"à", "à"},  // ends in the byte A0
    };
    for (const auto& c : cases) EXPECT_EQ(trimmed(c.sent), c.kept) << c.sent;
    EXPECT_EQ(trimmed(std::string_view{"\0w\0", 3}), "w");
}

}  // namespace
}  // namespace lango
