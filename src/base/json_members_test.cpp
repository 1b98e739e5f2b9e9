#include "base/json_members.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango::json {
namespace {

std::string shown(std::string_view text) {
    const auto value = *parse(text);
    std::string out;
    for (const Member* member : counting_members(*value.object()))
        out += member->first + "=" + *member->second.scalar_text() + " ";
    return out;
}

TEST(JsonMembers, TheLastOfANameCountsWhereTheFirstStands) {
    EXPECT_EQ(shown("{}"), "");
    EXPECT_EQ(shown(R"({"b":1,"a":2})"), "b=1 a=2 ");
    EXPECT_EQ(shown(R"({"b":1,"a":2,"b":3,"c":4,"b":5})"), "b=5 a=2 c=4 ");
}

// All names differ, all are one, or they come in the worst order: never much more than a sort.
TEST(JsonMembers, ComparesNamesHardlyMoreOftenThanASortDoes) {
    constexpr std::size_t count = 8192;
    for (const std::size_t names : {count, count / 2, std::size_t{1}}) {
        Object object;
        for (std::size_t i = 0; i < count; ++i)
            object.emplace_back(std::to_string((count - i) % names), Value());
        std::size_t compared = 0;
        const auto counted = [&](std::string_view a, std::string_view b) {
            ++compared;
            return a < b;
        };
        EXPECT_EQ(counting_members(object, counted).size(), names);
        EXPECT_LE(compared, count * 40)
            << names;  // 2 for each of some 13 steps of a sort, and more
    }
}

TEST(JsonMembers, ObjectsAreWithinTheLimitAtAnyDepth) {
    const auto within = [](std::string_view text) { return is_within(*parse(text), 2); };
    EXPECT_TRUE(within(R"({"a":1,"b":[1,2,3,{"c":1,"d":{}}]})"));
    EXPECT_FALSE(within(R"({"a":1,"b":2,"c":3})"));
    EXPECT_FALSE(within(R"({"a":1,"a":2,"a":3})"));
    EXPECT_FALSE(within(R"({"a":[0,{"b":{"c":1,"d":2,"e":3}}]})"));
}

}  // namespace
}  // namespace lango::json
