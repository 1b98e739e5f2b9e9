#include "base/terminal_text.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "base/json_writer.hpp"

namespace lango {
namespace {

TEST(TerminalText, LeavesWhatPeopleWrite) {
    for (const std::string text : {"", "Duka la Mama Wanjiku", "é 日 😀 £", "a  b~", "-"}) {
        EXPECT_EQ(terminal_text(text), text);
    }
}

TEST(TerminalText, ShowsWhereEachControlStood) {
    EXPECT_EQ(terminal_text("\r\x1b[K9 waiting"), "??[K9 waiting");
    EXPECT_EQ(terminal_text("\x1b]0;title\x07"), "?]0;title?");
    EXPECT_EQ(terminal_text("a\nb\tc"), "a?b?c");
    EXPECT_EQ(terminal_text(std::string_view{"a\0b", 3}), "a?b");
    for (int c = 0; c < 0x20; ++c) EXPECT_EQ(terminal_text(std::string(1, char(c))), "?") << c;
    EXPECT_EQ(terminal_text("\x7f"), "?");
}

TEST(TerminalText, KnowsTheControlsThatTakeTwoBytes) {
    for (int c = 0x80; c < 0xA0; ++c) {
        EXPECT_EQ(terminal_text(std::string{"\xC2"} + static_cast<char>(c) + "1m"), "?1m") << c;
    }
}

TEST(TerminalText, LetsNoMarkTurnTheLineAround) {
    for (const auto* mark :
         {"\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066",
          "\u2067", "\u2068", "\u2069", "\u206A", "\u206F"}) {
        EXPECT_EQ(terminal_text(std::string{"a"} + mark + "b"), "a?b");
    }
}

TEST(TerminalText, HidesNoCharacter) {
    for (const auto* invisible :
         {"\u00AD", "\u034F", "\u115F",     "\u180E",     "\u200B",     "\u200C",    "\u200D",
          "\u2028", "\u2029", "\u2060",     "\u2064",     "\u3164",     "\uFE0F",    "\uFEFF",
          "\uFFA0", "\uFFF9", "\U000E0001", "\U000E0041", "\U000E0100", "\U0001D173"}) {
        EXPECT_EQ(terminal_text(std::string{"a"} + invisible + "b"), "a?b");
    }
}

TEST(TerminalText, ShowsEachByteThatIsNoCharacter) {
    EXPECT_EQ(terminal_text("caf\xe9"), "caf?");
    EXPECT_EQ(terminal_text("\xff\xc3(\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80z"),
              "?"
              "?(?????????z");
    EXPECT_EQ(terminal_text("\xe2\x82"), "??");
    EXPECT_EQ(terminal_text("\x9b"), "?");
    EXPECT_EQ(terminal_text("\xf0\x9f\x98"), "???");
}

TEST(TerminalJson, StaysTheSameJson) {
    const std::string hostile = "a\r\x1b[K\n\x7f\u009b1m\u202Eb\u200B\U000E0041 é 😀 \\ \"";
    std::string json;
    json::Writer{json}.begin_object().member("id", hostile).end_object();
    const auto safe = terminal_json(json);
    EXPECT_EQ(safe,
              "{\"id\":\"a\\r\\u001b[K\\n\\u007f\\u009b1m\\u202eb\\u200b\\udb40\\udc41 é 😀 "
              "\\\\ \\\"\"}");
    EXPECT_EQ(json::parse(safe)->text_at("id"), hostile);
}

TEST(TerminalJson, KeepsTheLinesBetweenTokens) {
    EXPECT_EQ(terminal_json("{\n\t\"a\": 1\r\n}\n"), "{\n\t\"a\": 1 \n}\n");
    EXPECT_EQ(terminal_json("\"\xff\""), "\"?\"");
}

}  // namespace
}  // namespace lango
