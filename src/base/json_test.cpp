#include "base/json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango::json {
namespace {

Value must_parse(std::string_view text) {
    auto value = parse(text);
    EXPECT_TRUE(value) << text << ": " << (value ? "" : value.error().message);
    return value ? *value : Value();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, KeepsTheTextOfNumbers) {
    const std::string digits(400, '7');
    for (const std::string& text :
         {std::string("0"), std::string("-0"), std::string("1000"), std::string("331.00"),
          std::string("1e3"), std::string("1E+3"), std::string("-0.50e-07"),
          std::string("9223372036854775807"), std::string("-9223372036854775808"),
          std::string("18446744073709551616"), std::string("123456789012345678901234.00000"),
          std::string("0.00000000000000000000000000000000001000"), digits, digits + "." + digits,
          "-" + digits + "e-10"}) {
        const Value alone = must_parse(text);
        const Value within = must_parse("[" + text + "]");
        ASSERT_TRUE(alone.number()) << text;
        EXPECT_EQ(alone.number()->text, text);
        EXPECT_EQ(within.array()->at(0).number()->text, text);
    }
}

TEST(Json, TellsTheTypesApart) {
    EXPECT_TRUE(must_parse("null").is_null());
    EXPECT_TRUE(*must_parse("true").boolean());
    EXPECT_FALSE(*must_parse(" false\r\n\t ").boolean());
    EXPECT_EQ(*must_parse("\"\"").string(), "");
    EXPECT_TRUE(must_parse("[]").array()->empty());
    EXPECT_TRUE(must_parse("{}").object()->empty());
    EXPECT_FALSE(must_parse("\"1\"").number());
    EXPECT_FALSE(must_parse("1").string());
    EXPECT_FALSE(must_parse("[]").object());
}

TEST(Json, UnescapesStrings) {
    EXPECT_EQ(*must_parse(R"("a\"\\\/\b\f\n\r\tz")").string(), "a\"\\/\b\f\n\r\tz");
    EXPECT_EQ(*must_parse(R"("\u00e9\u2028\ud83d\ude00")").string(), "é\u2028😀");
    EXPECT_EQ(*must_parse(R"("\u0000")").string(), std::string(1, '\0'));
    const std::string text(5000, 'x');
    EXPECT_EQ(*must_parse("\"" + text + "\\n" + text + "\"").string(), text + "\n" + text);
    EXPECT_EQ(must_parse("{\"" + text + "\\n\":1}").object()->at(0).first, text + "\n");
}

TEST(Json, KeepsTheOrderOfMembers) {
    const Value value = must_parse(R"({"z":1,"a":{"y":[2,{"b":null}],"x":"s"},"m":true})");
    const Object& members = *value.object();
    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(members[0].first, "z");
    EXPECT_EQ(members[1].first, "a");
    EXPECT_EQ(members[2].first, "m");
    const Value& inner = *value.find("a");
    EXPECT_EQ(inner.object()->at(0).first, "y");
    EXPECT_TRUE(inner.find("y")->array()->at(1).find("b")->is_null());
    EXPECT_EQ(*inner.find("x")->string(), "s");
}

TEST(Json, CountsTheLastOfARepeatedName) {
    const Value value = must_parse(R"({"amount":1,"b":2,"amount":3})");
    EXPECT_EQ(value.object()->size(), 3U);
    EXPECT_EQ(value.find("amount")->number()->text, "3");
}

TEST(Json, FindsNothingWhereNothingIs) {
    EXPECT_EQ(must_parse(R"({"a":1})").find("b"), nullptr);
    EXPECT_EQ(must_parse("[1]").find("a"), nullptr);
    EXPECT_EQ(must_parse("\"a\"").find("a"), nullptr);
}

TEST(Json, GivesTheTextOfAStringOrNumber) {
    EXPECT_EQ(*must_parse("3599").scalar_text(), "3599");
    EXPECT_EQ(*must_parse("\"3599\"").scalar_text(), "3599");
    for (const auto* text : {"null", "true", "[1]", "{}"}) {
        EXPECT_EQ(must_parse(text).scalar_text(), nullptr) << text;
    }
}

TEST(Json, RefusesWhatIsNoJson) {
    for (const auto* text : {"",
                             " ",
                             "{",
                             "[1,",
                             "[1,]",
                             "{\"a\":1,}",
                             "{\"a\"}",
                             "{a:1}",
                             "{'a':1}",
                             "01",
                             "+1",
                             ".5",
                             "1.",
                             "1e",
                             "-",
                             "NaN",
                             "Infinity",
                             "nul",
                             "True",
                             "\"a",
                             "\"\n\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "// c\n1",
                             "1 /* c */",
                             "[1] x",
                             "1 2",
                             "{}{}",
                             "\xef\xbb\xbf{}"}) {
        EXPECT_FALSE(parse(text)) << text;
    }
    EXPECT_FALSE(parse(std::string_view("1\0", 2)));
    EXPECT_FALSE(parse(std::string_view()));
}

TEST(Json, RefusesWhatIsNoUtf8) {
    for (const auto* text :
         {"\"\xff\"", "\"\xc3\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"",
          "{\"\x80\":1}", R"("\ud83d")", R"("\ude00")", R"("\ud83dx")"}) {
        EXPECT_FALSE(parse(text)) << text;
    }
}

TEST(Json, RefusesMoreLevelsThanAllowed) {
    EXPECT_TRUE(parse(nested(depth_max)));
    EXPECT_FALSE(parse(nested(depth_max + 1)));
    EXPECT_FALSE(parse(std::string(1'000'000, '[')));
}

TEST(Json, TellsWhereItStopped) {
    const auto broken = parse(R"({"a":1,"b":x})");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().offset, 11U);
    EXPECT_FALSE(broken.error().message.empty());
    EXPECT_EQ(parse("[1] x").error().offset, 4U);
}

}  // namespace
}  // namespace lango::json
