#include "base/json_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "base/json.hpp"

namespace lango::json {
namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_string(out, text);
    return out;
}

TEST(JsonWriter, PutsCommasAndColonsByItself) {
    std::string out;
    Writer(out)
        .begin_object()
        .member("amount", std::int64_t{3000})
        .member("label", "a/b")
        .key("empty")
        .begin_object()
        .end_object()
        .key("list")
        .begin_array()
        .integer(1)
        .begin_array()
        .end_array()
        .string("x")
        .null()
        .end_array()
        .key("rate")
        .decimal(Decimal(2034, 2))
        .key("signed")
        .raw("[{\"a\":1}]")
        .key("test")
        .boolean(false)
        .end_object();
    EXPECT_EQ(out, R"({"amount":3000,"label":"a/b","empty":{},"list":[1,[],"x",null],"rate":20.34,)"
                   R"("signed":[{"a":1}],"test":false})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
    std::string out = "body=";
    Writer(out).begin_array().boolean(true).end_array();
    EXPECT_EQ(out, "body=[true]");
}

TEST(JsonWriter, PrintsTheSmallestAndTheLargestInteger) {
    std::string out;
    Writer(out)
        .begin_array()
        .integer(std::numeric_limits<std::int64_t>::min())
        .integer(std::numeric_limits<std::int64_t>::max())
        .end_array();
    EXPECT_EQ(out, "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, EscapesAsPhpDoes) {
    EXPECT_EQ(quoted("a/b"), R"("a/b")");
    EXPECT_EQ(quoted("\"\\"), R"("\"\\")");
    EXPECT_EQ(quoted("\b\f\n\r\t"), R"("\b\f\n\r\t")");
    EXPECT_EQ(quoted(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
    EXPECT_EQ(quoted("\u2027\u2028x\u2029\u202a"), "\"\u2027\\u2028x\\u2029\u202a\"");
    EXPECT_EQ(quoted("é 日 😀"), "\"é 日 😀\"");
}

TEST(JsonWriter, DoesNotReadPastACutSequence) { EXPECT_EQ(quoted("\xe2\x80"), "\"\xe2\x80\""); }

void write(Writer& out, const Value& value) {
    if (const auto* flag = value.boolean()) {
        out.boolean(*flag);
    } else if (const auto* number = value.number()) {
        out.raw(number->text);
    } else if (const auto* text = value.string()) {
        out.string(*text);
    } else if (const auto* items = value.array()) {
        out.begin_array();
        for (const Value& item : *items) write(out, item);
        out.end_array();
    } else if (const auto* members = value.object()) {
        out.begin_object();
        for (const auto& [name, member] : *members) write(out.key(name), member);
        out.end_object();
    } else {
        out.null();
    }
}

bool same(const Value& a, const Value& b) {
    if (const auto* items = a.array()) {
        const auto* others = b.array();
        return others != nullptr && std::ranges::equal(*items, *others, same);
    }
    if (const auto* members = a.object()) {
        const auto* others = b.object();
        return others != nullptr &&
               std::ranges::equal(*members, *others, [](const Member& x, const Member& y) {
                   return x.first == y.first && same(x.second, y.second);
               });
    }
    if (a.number() != nullptr) return b.number() != nullptr && *a.number() == *b.number();
    if (a.string() != nullptr) return b.string() != nullptr && *a.string() == *b.string();
    if (a.boolean() != nullptr) return b.boolean() != nullptr && *a.boolean() == *b.boolean();
    return b.is_null();
}

std::string any_text() {
    static const std::vector<std::string> pieces = {
        "a",
        "/",
        "\"",
        "\\",
        "\n",
        "\x01",
        "\x7f",
        "é",
        "\u2028",
        "\u2029",
        "\u202a",
        "😀",
        std::string(1, '\0'),
        "plain text of some length, longer than what fits in a string"};
    std::string text;
    for (const auto& piece :
         *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) {
        text += piece;
    }
    return text;
}

Value any_value(int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
        case 0:
            return Value();
        case 1:
            return Value{*rc::gen::arbitrary<bool>()};
        case 2: {
            const auto units = *rc::gen::arbitrary<std::int64_t>();
            return Value{Number{Decimal(units, *rc::gen::inRange(0, 19)).text()}};
        }
        case 3:
            return Value{any_text()};
        case 4: {
            Array items;
            for (int left = *rc::gen::inRange(0, 5); left > 0; --left) {
                items.push_back(any_value(depth - 1));
            }
            return Value{std::move(items)};
        }
        default: {
            Object members;
            for (int left = *rc::gen::inRange(0, 5); left > 0; --left) {
                members.emplace_back(any_text(), any_value(depth - 1));
            }
            return Value{std::move(members)};
        }
    }
}

RC_GTEST_PROP(Json, ReadsBackWhatTheWriterWrote, ()) {
    const Value value = any_value(4);
    std::string text;
    Writer writer(text);
    write(writer, value);
    const auto again = parse(text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(same(value, *again));
}

// Whatever the bytes: a value or an error, and a value prints as something that parses.
RC_GTEST_PROP(Json, SurvivesAnyBytes, ()) {
    const auto bytes = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("[]{},:\"\\ntrue01.e-+ \xe2\x80\xa8\xff")));
    const auto value = parse(bytes);
    if (!value) return;
    std::string text;
    Writer writer(text);
    write(writer, *value);
    RC_ASSERT(parse(text).has_value());
}

}  // namespace
}  // namespace lango::json
