// Against facts that PHP computed (tests/vectors/php.json): the signed bytes of a postback must be
// the ones that a merchant's PHP will compute.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"

namespace lango {
namespace {

class PhpVectors : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        const char* source = std::getenv("LANGO_SOURCE_DIR");
        ASSERT_NE(source, nullptr) << "set LANGO_SOURCE_DIR, as ctest does";
        std::ifstream file(std::string(source) + "/tests/vectors/php.json");
        const std::string text(std::istreambuf_iterator<char>(file), {});
        const auto parsed = json::parse(text);
        ASSERT_TRUE(parsed) << "tests/vectors/php.json";
        vectors_ = *parsed;
    }
    static const json::Array& cases(std::string_view name) {
        const json::Value* found = vectors_.find(name);
        if (found == nullptr || found->array() == nullptr) {
            throw std::runtime_error("no vectors: " + std::string(name));
        }
        return *found->array();
    }
    static const std::string& text(const json::Value& vector, std::string_view name) {
        const json::Value* found = vector.find(name);
        if (found == nullptr || found->string() == nullptr) {
            throw std::runtime_error("no text: " + std::string(name));
        }
        return *found->string();
    }

  private:
    static inline json::Value vectors_;
};

void write(json::Writer& out, const json::Value& value) {
    if (const auto* number = value.number()) {
        out.raw(number->text);
    } else if (const auto* string = value.string()) {
        out.string(*string);
    } else if (const auto* items = value.array()) {
        out.begin_array();
        for (const auto& item : *items) write(out, item);
        out.end_array();
    } else if (const auto* members = value.object()) {
        out.begin_object();
        for (const auto& [name, member] : *members) write(out.key(name), member);
        out.end_object();
    } else {
        out.null();
    }
}

TEST_F(PhpVectors, StringsAreEscapedAlike) {
    for (const auto& vector : cases("json_string")) {
        std::string out;
        json::append_string(out, crypto::unhex(text(vector, "utf8_hex")).value());
        EXPECT_EQ(crypto::hex(out), text(vector, "encoded_hex"));
        const auto back = json::parse(out);
        ASSERT_TRUE(back) << out;
        EXPECT_EQ(crypto::hex(*back->string()), text(vector, "utf8_hex"));
    }
}

// Exponents apart, which PHP prints and the decisions (Money) do not want.
TEST_F(PhpVectors, NumbersArePrintedAlike) {
    std::size_t checked = 0;
    for (const auto& vector : cases("json_number")) {
        const std::string& encoded = text(vector, "encoded");
        if (encoded.find('e') != std::string::npos) continue;
        const auto number = Decimal::parse(encoded);
        ASSERT_TRUE(number) << encoded;
        EXPECT_EQ(number->text(), encoded);
        ++checked;
    }
    EXPECT_GE(checked, 10U);
}

TEST_F(PhpVectors, PostbacksAreSignedAlike) {
    for (const auto& vector : cases("postback")) {
        const std::string& data = text(vector, "additional_data_json");
        EXPECT_EQ(crypto::md5_hex(data), text(vector, "md5"));
        EXPECT_EQ(crypto::sha1_hex(text(vector, "access_key") + text(vector, "private_access_key") +
                                   crypto::md5_hex(data)),
                  text(vector, "signature"));
    }
}

TEST_F(PhpVectors, SignedPartsAreWrittenAlike) {
    for (const auto& vector : cases("postback")) {
        const std::string& data = text(vector, "additional_data_json");
        const auto parsed = json::parse(data);
        ASSERT_TRUE(parsed);
        std::string out;
        json::Writer writer(out);
        write(writer, *parsed);
        EXPECT_EQ(out, data);
    }
}

TEST_F(PhpVectors, WithdrawalsAreHashedAlike) {
    for (const auto& vector : cases("withdrawal")) {
        EXPECT_EQ(crypto::md5_hex(text(vector, "text")), text(vector, "md5"));
    }
}

}  // namespace
}  // namespace lango
