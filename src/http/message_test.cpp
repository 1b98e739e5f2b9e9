#include "http/message.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

TEST(Headers, FindTheFirstWithoutCase) {
    Headers headers;
    headers.add("Content-Type", "a");
    headers.add("content-type", "b");
    EXPECT_EQ(headers.find("CONTENT-TYPE"), "a");
    EXPECT_EQ(headers.find("Content"), std::nullopt);
}

TEST(Query, DecodesNamesAndValuesInOrder) {
    const Query query = Query::parse("a=1+2&&b%5B%5D=x&b[]=y%26z&bare&=v&e=f=g");
    using Field = std::pair<std::string, std::string>;
    EXPECT_EQ(
        query.fields(),
        (std::vector<Field>{
            {"a", "1 2"}, {"b[]", "x"}, {"b[]", "y&z"}, {"bare", ""}, {"", "v"}, {"e", "f=g"}}));
    EXPECT_EQ(query.find("bare"), "");
    EXPECT_EQ(query.find("none"), std::nullopt);
    EXPECT_EQ(query.all("b[]"), (std::vector<std::string_view>{"x", "y&z"}));
    EXPECT_TRUE(Query::parse("").fields().empty());
}

TEST(Percent, DecodesAndLeavesWhatIsNoEscape) {
    EXPECT_EQ(percent_decode("%41%62+%", false), "Ab+%");
    EXPECT_EQ(percent_decode("%4", true), "%4");
    EXPECT_EQ(percent_decode("%zz%4g", true), "%zz%4g");
    EXPECT_EQ(percent_decode("%00", true), std::string(1, '\0'));
}

TEST(Percent, EncodesAllButUnreserved) {
    EXPECT_EQ(percent_encode("aZ09-._~ /?&=+%\xC3\xA9"), "aZ09-._~%20%2F%3F%26%3D%2B%25%C3%A9");
    EXPECT_EQ(percent_decode(percent_encode("\x01\xFF x"), false), "\x01\xFF x");
}

}  // namespace
}  // namespace lango::http
