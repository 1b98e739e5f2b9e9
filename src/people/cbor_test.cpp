#include "people/cbor.hpp"

#include <gtest/gtest.h>

#include "people/authenticator.hpp"

namespace lango::people {
namespace {

using test::cbor;
using test::cbor_bytes;
using test::cbor_head;
using test::cbor_text;
using namespace std::string_literals;

// RFC 8949, appendix A.
TEST(Cbor, ReadsThePublishedExamples) {
    EXPECT_EQ(CborReader{"\x17"}.integer(), 23);
    EXPECT_EQ(CborReader{"\x18\x64"}.integer(), 100);
    EXPECT_EQ(CborReader{"\x19\x03\xe8"}.integer(), 1000);
    EXPECT_EQ(CborReader{"\x1a\x00\x0f\x42\x40"s}.integer(), 1'000'000);
    EXPECT_EQ(CborReader{"\x1b\x00\x00\x00\xe8\xd4\xa5\x10\x00"s}.integer(), 1'000'000'000'000);
    EXPECT_EQ(CborReader{"\x38\x63"}.integer(), -100);
    EXPECT_EQ(CborReader{"\x44\x01\x02\x03\x04"}.bytes(), "\x01\x02\x03\x04");
    EXPECT_EQ(CborReader{"\x64IETF"}.text(), "IETF");
    EXPECT_EQ(CborReader{"\xa2\x01\x02\x03\x04"}.map(), 2U);
}

TEST(Cbor, TakesNoItemOfAnotherKind) {
    const auto both = cbor_text("x") + cbor(1);
    CborReader reader{both};
    EXPECT_FALSE(reader.integer());
    EXPECT_FALSE(reader.bytes());
    EXPECT_FALSE(reader.map());
    EXPECT_EQ(reader.text(), "x") << "it still stands there";
    EXPECT_FALSE(reader.text());
    EXPECT_EQ(reader.integer(), 1);
    EXPECT_TRUE(reader.is_done());
    EXPECT_FALSE(reader.item());
}

TEST(Cbor, HandsOutWholeItems) {
    const auto map = cbor_head(5, 2) + cbor(1) + cbor_head(4, 2) + cbor(-7) + "\xf5" + cbor(2) +
                     cbor_head(6, 1) + cbor_bytes("x");
    const auto bytes = map + cbor_text("behind");
    CborReader reader{bytes};
    EXPECT_EQ(reader.item(), map);
    EXPECT_EQ(reader.rest(), cbor_text("behind"));
    for (std::size_t length = 0; length < map.size(); ++length) {
        EXPECT_FALSE(CborReader{std::string_view{map}.substr(0, length)}.item()) << length;
    }
}

TEST(Cbor, TakesNothingThatIsTooLongOrTooDeepOrHasNoEnd) {
    EXPECT_FALSE(CborReader{"\x5f\x41x\xff"s}.item()) << "of no definite length";
    EXPECT_FALSE(CborReader{"\x1c"}.integer()) << "reserved";
    EXPECT_FALSE(CborReader{"\x5b\xff\xff\xff\xff\xff\xff\xff\xffx"}.bytes());
    EXPECT_FALSE(CborReader{"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"}.item());
    EXPECT_FALSE(CborReader{"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02"}.map());
    EXPECT_FALSE(CborReader{"\x1b\xff\xff\xff\xff\xff\xff\xff\xff"}.integer());
    EXPECT_FALSE(CborReader{"\x3b\xff\xff\xff\xff\xff\xff\xff\xff"}.integer());
    EXPECT_TRUE(CborReader{std::string(8, '\x81') + "\x01"}.item());
    EXPECT_FALSE(CborReader{std::string(9, '\x81') + "\x01"}.item());
    EXPECT_FALSE(CborReader{std::string(100'000, '\x81')}.item());
}

}  // namespace
}  // namespace lango::people
