#include <gmock/gmock.h>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class WindowSettings : public test::Shops {
  protected:
    WindowSettings() { static_cast<void>(create("shop")); }
    Merchant listed() { return all().front(); }
};

TEST_F(WindowSettings, AreStoredAuditedAndRead) {
    EXPECT_EQ(set("redirect-urls", "1=https://shop.example/fail 4=https://shop.example/ok?a=b,c"),
              "");
    EXPECT_EQ(set("success-url", "https://shop.example/thanks"), "");
    EXPECT_EQ(set("frame-ancestors", "https://shop.example https://*.shop.example"), "");
    EXPECT_EQ(set("window-colours", "#0b6b3a"), "");
    EXPECT_EQ(set("window-logo", "data:image/png;base64,aGVsbG8="), "");
    const auto shop = listed();
    EXPECT_EQ(shop.window.redirect_url(1), "https://shop.example/fail");
    EXPECT_EQ(shop.window.redirect_url(4), "https://shop.example/ok?a=b,c");
    EXPECT_EQ(shop.window.redirect_url(2), std::nullopt);
    EXPECT_EQ(shop.window.success_url, "https://shop.example/thanks");
    EXPECT_EQ(shop.window.fail_url, "");
    EXPECT_THAT(shop.window.frame_ancestors,
                ElementsAre("https://shop.example", "https://*.shop.example"));
    EXPECT_EQ(shop.window.colours, "#0b6b3a");
    EXPECT_EQ(shop.window.logo_type, "image/png");
    EXPECT_EQ(shop.window.logo, "hello");
    EXPECT_THAT(trail(), HasSubstr("4 frame-ancestors:  -> https://shop.example "));
}

TEST_F(WindowSettings, OfOneMerchantAreNotAnothers) {
    ASSERT_TRUE(create("other"));
    EXPECT_EQ(set("redirect-urls", "1=https://shop.example/fail"), "");
    EXPECT_EQ(all().back().window.redirect_url(1), std::nullopt);
}

TEST_F(WindowSettings, ThatAreWrongAreRefused) {
    const struct {
        const char* setting;
        std::vector<const char*> values;
        const char* words;
    } cases[] = {
        {"redirect-urls",
         {"https://shop.example", "x=https://shop.example", "0=https://shop.example",
          "1=javascript:alert(1)", "1=//shop.example", "1=https://"},
         "is a list such as"},
        {"redirect-urls", {"1=https://a.example 1=https://b.example"}, "names 1 twice"},
        {"success-url",
         {"javascript:alert(1)", "https://user@shop.example/", "https://a\"b.example", "/paid",
          "https://shop.example:port/"},
         "whole http:// or https:// address"},
        {"frame-ancestors", {"*", "shop.example", "https://shop.example/path", "data:"}, "origins"},
        {"window-links", {"on", "", "Demanded"}, "off, accepted or demanded"},
        {"window-prompts-per-minute", {"-1", "", "100001", "6x"}, "0 is no limit"},
        {"organisation-name", {"a\nb", "\xff"}, "one line"},
        {"shop-contact", {"a\tb"}, "one line"},
        {"window-colours", {"red", "#fff", "#0B6B3A", "#0b6b3a;}"}, "window-colours is"},
        {"window-logo",
         {"data:image/svg+xml;base64,aGVsbG8=", "https://shop.example/logo.png",
          "data:image/png;base64,"},
         "window-logo is"},
    };
    for (const auto& row : cases) {
        for (const auto* value : row.values) {
            EXPECT_THAT(set(row.setting, value), HasSubstr(row.words)) << value;
        }
    }
    EXPECT_EQ(listed().window.redirect_urls.size(), 0U);
}

}  // namespace
}  // namespace lango::merchants
