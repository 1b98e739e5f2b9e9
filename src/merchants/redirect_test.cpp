#include "merchants/redirect.hpp"

#include <gtest/gtest.h>

namespace lango::merchants {
namespace {

const Secret key{"test_private_access_key"};

TEST(Redirect, ThatWasSignedIsReadBack) {
    for (const std::string url : {"https://shop.example/paid?order=7", "http://127.0.0.1:8081/",
                                  "https://a.b/~x/%20?y=z#w"}) {
        EXPECT_EQ(read_redirect(key, sign_redirect(key, url)), url);
    }
}

// printf %s 'lango-redirect:https://shop.example/paid' | openssl dgst -sha256 -hmac KEY
TEST(Redirect, IsSignedAsDocumented) {
    EXPECT_EQ(sign_redirect(key, "https://shop.example/paid"),
              "aHR0cHM6Ly9zaG9wLmV4YW1wbGUvcGFpZA."
              "276987286175cd051b81f3ed90984386b48f08a8b7be0f91261946959e4191db");
}

TEST(Redirect, OfAnotherKeyIsNotRead) {
    EXPECT_FALSE(read_redirect(key, sign_redirect(Secret{"other"}, "https://shop.example/")));
    EXPECT_FALSE(read_redirect(Secret{""}, sign_redirect(Secret{""}, "https://shop.example/")));
}

TEST(Redirect, ThatWasChangedIsNotRead) {
    const auto good = sign_redirect(key, "https://shop.example/");
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        bad[i] = bad[i] == 'a' ? 'b' : 'a';
        if (bad != good) EXPECT_FALSE(read_redirect(key, bad)) << bad;
    }
    for (const auto* text : {"", ".", "https://shop.example/", "aHR0cHM6Ly9zaG9wLw"}) {
        EXPECT_FALSE(read_redirect(key, text)) << text;
    }
}

// Whoever has the key may sign it, and still no browser is sent there.
TEST(Redirect, ToWhatIsNoPlainAddressIsNotRead) {
    for (const auto* url :
         {"javascript:alert(1)", "data:text/html,x", "//evil.example", "/local", "https://",
          "https://user@evil.example/", "https://shop.example/\r\nSet-Cookie: a=b",
          "https://shop.example/\"onload=", "ftp://shop.example/", "HTTPS://shop.example/"}) {
        EXPECT_FALSE(read_redirect(key, sign_redirect(key, url))) << url;
    }
}

}  // namespace
}  // namespace lango::merchants
