#include "base/json_repair.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace lango::json {
namespace {

const std::string mark{repair_mark};

TEST(Repair, TouchesWhatStandsInsideStringsAlone) {
    EXPECT_EQ(repair(R"({"a":"NG\'ANG\'A"})"), R"({"a":"NG)" + mark + "'ANG" + mark + R"('A"})");
    EXPECT_EQ(repair("{\"a\":\"J\xE9\"}"), "{\"a\":\"J" + mark + "\"}");
    EXPECT_EQ(repair("{\"a\":\"x\ty\nz\"}"), "{\"a\":\"x" + mark + "y" + mark + "z\"}");
    EXPECT_EQ(repair("\xEF\xBB\xBF{}"), "{}");
    EXPECT_EQ(repair(R"({"a":"\ud83d"})"), R"({"a":")" + mark + R"(ud83d"})");
    EXPECT_EQ(repair("{\t\"a\":\xE9 1}"), "{\t\"a\":\xE9 1}") << "outside nothing";
}

TEST(Repair, LeavesSoundTextAsItIs) {
    for (const std::string text :
         {R"({"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"})", "{\"a\":\"\xC3\xA9\xF0\x9F\x98\x80\"}",
          R"([1,"",{"b":null}])"}) {
        EXPECT_EQ(repair(text), text);
    }
}

// A byte that begins a longer character ends no string by swallowing its quote.
TEST(Repair, NeverMovesWhereAStringEnds) {
    for (const auto* lead : {"\xC3", "\xE2", "\xE2\x82", "\xF0", "\xF0\x9F\x98", "\xFF", "\x80"}) {
        const auto read =
            parse_leniently(std::string{"{\"name\":\""} + lead + "\",\"amount\":\"5\"}");
        ASSERT_TRUE(read) << lead;
        EXPECT_EQ(sound_text(*read, "amount"), "5");
        EXPECT_FALSE(sound_text(*read, "name"));
    }
}

TEST(Repair, OfANameRefusesTheWhole) {
    EXPECT_FALSE(parse_leniently("{\"am\xE9ount\":\"5\"}"));
    EXPECT_FALSE(parse_leniently("{\"a\":[{\"b\\'\":1}]}"));
    EXPECT_TRUE(parse_leniently("{\"a\":[{\"b\":\"\\'\"}]}"));
}

TEST(Repair, DoesNotMendWhatIsNoFreeText) {
    for (const std::string text : {R"({"a":"O"Brien","b":1})", R"({"a":"JOHN\","b":1})", "{'a':1}",
                                   R"({"a":1,})", "{\"a\":1}x", "", R"({"a":"x)"}) {
        EXPECT_FALSE(parse_leniently(text)) << text;
    }
}

TEST(SoundText, IsThereOnceUnrepairedAndATextOrNumber) {
    const auto read = parse_leniently(
        "{\"once\":7,\"twice\":1,\"twice\":1,\"bad\":\"a\xE9\",\"none\":null,\"many\":[]}");
    ASSERT_TRUE(read);
    EXPECT_EQ(sound_text(*read, "once"), "7");
    for (const auto* name : {"twice", "bad", "none", "many", "absent"}) {
        EXPECT_FALSE(sound_text(*read, name)) << name;
    }
    EXPECT_TRUE(is_unsound(*read, {"once", "twice"}));
    EXPECT_TRUE(is_unsound(*read, {"bad"}));
    EXPECT_TRUE(is_unsound(*read, {"many"}));
    EXPECT_FALSE(is_unsound(*read, {"once", "absent", "none"}));
    EXPECT_TRUE(stands_twice(*read, {"twice"}));
    EXPECT_FALSE(stands_twice(*read, {"once", "many", "absent"}));
}

TEST(Rows, AreCutOutByteForByte) {
    const auto split = split_rows(R"({"r":[[{"a":"}]"},{"b":{}}],[],[{"c":"\""}]],"d":{}})", "{[[");
    ASSERT_TRUE(split);
    EXPECT_EQ(split->rows,
              (std::vector<std::string_view>{R"({"a":"}]"})", R"({"b":{}})", R"({"c":"\""})"}));
    EXPECT_EQ(split->rest, R"({"r":[[{},{}],[],[{}]],"d":{}})");
    EXPECT_FALSE(split_rows(R"({"r":[[{"a":"}]]})", "{[["));
    EXPECT_FALSE(split_rows("{[}]", "{[["));
    EXPECT_FALSE(split_rows(std::string(1000, '['), "{[["));
}

// Whatever is done to a text, what the lenient reader tells of its deciding members is what was
// sent, or nothing.
TEST(Repair, OfRandomDamageTellsTheTruthOrNothing) {
    SeededRandom random{7};
    const std::string sent =
        R"({"id":"UKT000AA08","name":"JANE WANJIKU","amount":"1000.00","other":"x y z"})";
    const std::vector<std::string> damages{"\xE9", "\xC3", "\x01",     "\t",   "\\'",
                                           "\\x",  "\\q",  "\xF0\x9F", "\xFF", "\n"};
    int read_anyway = 0;
    for (int round = 0; round < 20'000; ++round) {
        auto text = sent;
        const auto& damage = damages.at(random.next() % damages.size());
        text.insert(random.next() % (text.size() + 1), damage);
        const auto read = parse_leniently(text);
        if (!read) continue;
        const auto id = sound_text(*read, "id");
        const auto amount = sound_text(*read, "amount");
        EXPECT_TRUE(!id || *id == "UKT000AA08") << text;
        EXPECT_TRUE(!amount || *amount == "1000.00") << text;
        if (id && amount) ++read_anyway;
    }
    EXPECT_GT(read_anyway, 2'000) << "damage in free text is no reason to refuse it";
}

}  // namespace
}  // namespace lango::json
