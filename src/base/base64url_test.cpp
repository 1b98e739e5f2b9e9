#include "base/base64url.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lango::crypto {
namespace {

// RFC 4648, section 5.
TEST(Base64Url, HasOneTextForEachBytes) {
    EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(base64url("f"), "Zg");
    EXPECT_EQ(base64url("fo"), "Zm8");
    EXPECT_EQ(base64url(""), "");
    EXPECT_EQ(unbase64url("-__-"), "\xfb\xff\xfe");
    EXPECT_EQ(unbase64url("Zm8"), "fo");
    EXPECT_EQ(unbase64url(""), "");
    for (const auto* text : {"Zg==", "Zm8=", "Zh", "+//+", "Z", "Zm 8", "Zm8\n"}) {
        EXPECT_FALSE(unbase64url(text)) << text;
    }
}

RC_GTEST_PROP(Base64Url, GoesThereAndBack, (std::string bytes)) {
    RC_ASSERT(unbase64url(base64url(bytes)) == bytes);
}

}  // namespace
}  // namespace lango::crypto
