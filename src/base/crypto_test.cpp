#include "base/crypto.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace lango::crypto {
namespace {

TEST(Hex, GoesThereAndBack) {
    EXPECT_EQ(hex(std::string_view("\x00\xffhi", 4)), "00ff6869");
    EXPECT_EQ(unhex("00FF6869"), std::string("\x00\xffhi", 4));
    EXPECT_EQ(unhex(""), "");
}

TEST(Hex, RefusesOtherTexts) {
    for (const auto* text : {"0", "0g", "abc", "ab cd", " ab", "0x12"}) {
        EXPECT_FALSE(unhex(text)) << text;
    }
}

// RFC 4648, section 10.
TEST(Base64, IsTheStandardOne) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(unbase64("Zm8="), "fo");
    EXPECT_EQ(unbase64(""), "");
}

TEST(Base64, RefusesOtherTexts) {
    for (const auto* text : {"Zg", "Zg=", "Zh==", "Zm9v!", "Zm 9v", "Z", "Zm-_", "Zg==Zg=="}) {
        EXPECT_FALSE(unbase64(text)) << text;
    }
}

// Daraja, table 3.2.
TEST(Base64, MakesThePasswordOfDaraja) {
    EXPECT_EQ(base64("174379bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"
                     "20210628092408"),
              "MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGEx"
              "ZWQyYzkxOTIwMjEwNjI4MDkyNDA4");
}

RC_GTEST_PROP(Encodings, GoThereAndBack, (std::string bytes)) {
    RC_ASSERT(unhex(hex(bytes)) == bytes);
    RC_ASSERT(unbase64(base64(bytes)) == bytes);
}

TEST(Digest, AgreesWithThePublishedVectors) {
    EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(hex(view(sha256("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // Daraja, table 4.3.
    EXPECT_EQ(hex(view(sha256("254708374149"))),
              "bbff37cea44ac0b2d964ee0dfb8d2df8513dc7ba1b36129a929fc3fbd6dd4af4");
}

// RFC 4231, cases 1, 2 and 6: a short key, a text, a key longer than a block.
TEST(Hmac, AgreesWithThePublishedVectors) {
    EXPECT_EQ(hex(view(hmac_sha256(std::string(20, '\x0b'), "Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(view(hmac_sha256("Jefe", "what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(view(hmac_sha256(std::string(131, '\xaa'),
                                   "Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(EqualInConstantTime, ComparesAsTexts) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace lango::crypto
