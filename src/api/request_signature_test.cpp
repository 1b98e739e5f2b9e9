#include "api/request_signature.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/crypto.hpp"

namespace lango::api {
namespace {

std::string text_of(std::string_view body) { return signed_text(*json::parse(body)); }

// merchant-api 5.4 and the vectors of an outside program.
TEST(RequestSignature, EqualsTheVectors) {
    const char* source = std::getenv("LANGO_SOURCE_DIR");
    ASSERT_NE(source, nullptr) << "set LANGO_SOURCE_DIR, as ctest does";
    std::ifstream file{std::string{source} + "/tests/vectors/php.json"};
    const auto tree = json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
    ASSERT_TRUE(tree);
    const auto* cases = tree->find("withdrawal");
    ASSERT_NE(cases, nullptr);
    ASSERT_GE(cases->array()->size(), 4U);
    for (const auto& vector : *cases->array()) {
        const auto text = signed_text(*vector.find("body"));
        EXPECT_EQ(text, vector.text_at("text"));
        EXPECT_EQ(crypto::md5_hex(text), vector.text_at("md5"));
        EXPECT_EQ(request_signature(vector.text_at("private_key"), text),
                  vector.text_at("signature"));
    }
}

TEST(RequestSignature, LeavesNoGapForWhatIsAbsent) {
    EXPECT_EQ(text_of("{}"), "");
    EXPECT_EQ(text_of(R"({"b":"2","a":"1"})"), "1:2");
    EXPECT_EQ(text_of(R"({"b":"2","a":"","signature":"x"})"), ":2");
}

TEST(RequestSignature, SortsNamesByByte) {
    EXPECT_EQ(text_of(R"({"a":1,"_":2,"B":3,"é":4,"aa":5,"A":6,"10":7,"9":8})"), "7:8:6:3:2:1:5:4");
}

TEST(RequestSignature, CastsAsPhpDoes) {
    EXPECT_EQ(text_of(R"({"a":true,"b":false,"c":null,"d":[],"e":{},"f":"0"})"), "1:::::0");
    EXPECT_EQ(text_of(R"({"a":[1,[2,{"z":3,"y":true}],[]],"b":"x"})"), "1:2:3:1::x");
    EXPECT_EQ(text_of(R"({"a":" x ","b":"é\"/"})"), " x :é\"/");
}

TEST(RequestSignature, CountsTheLastOfANameThatIsSentTwice) {
    EXPECT_EQ(text_of(R"({"a":1,"b":2,"a":3})"), "3:2");
    EXPECT_EQ(text_of(R"({"o":{"a":1,"b":2,"a":3}})"), "3:2");
}

TEST(RequestSignature, PrintsNumbersAsPhpDoes) {
    const struct {
        const char* sent;
        const char* printed;
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"1000", "1000"},
        {"-7", "-7"},
        {"1.50", "1.5"},
        {"1000.0", "1000"},
        {"1e3", "1000"},
        {"-0.0", "-0"},
        {"0.0001", "0.0001"},
        {"1e-5", "1.0E-5"},
        {"12e-6", "1.2E-5"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775808", "9.2233720368548E+18"},
        {"99999999999999.0", "99999999999999"},
        {"100000000000000.0", "1.0E+14"},
        {"123456789012345.678", "1.2345678901235E+14"},
        {"0.1", "0.1"},
        {"0.30000000000000004", "0.3"},
        {"1e25", "1.0E+25"},
        {"1e999", "INF"},
        {"-1e999", "-INF"},
        {"1e-999", "0"},
    };
    for (const auto& c : cases) EXPECT_EQ(php_number(c.sent), c.printed) << c.sent;
}

TEST(RequestSignature, OfAQueryCoversPathAndParameters) {
    // The example of docs/formats/signatures.md.
    EXPECT_EQ(request_signature("test_private_key", "/v2/balance:access-1:1790000000"),
              "7c3d280ed0a91a4edeb09c9cc88cd0df95697ffd");
    EXPECT_EQ(
        signed_text("/v2/balance", http::Query::parse("timestamp=7&access_key=k&signature=x")),
        "/v2/balance:k:7");
    EXPECT_EQ(signed_text("/v2/withdrawal/a%2Fb", http::Query::parse("b=1&a=%3A&b=0")),
              "/v2/withdrawal/a%2Fb:::0:1");
}

}  // namespace
}  // namespace lango::api
