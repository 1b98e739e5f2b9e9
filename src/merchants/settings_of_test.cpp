#include "merchants/settings_of.hpp"

#include <gmock/gmock.h>

#include <map>

#include "merchants/merchants_fixture.hpp"
#include "merchants/own_settings.hpp"

namespace lango::merchants {
namespace {

using testing::HasSubstr;
using testing::Not;

class SettingsOf : public test::Shops {
  protected:
    SettingsOf() { static_cast<void>(create("shop")); }
    std::map<std::string, std::string, std::less<>> shown() {
        std::map<std::string, std::string, std::less<>> found;
        for (const auto& [name, value] : settings_of(all().front())) found.emplace(name, value);
        return found;
    }
};

// What set() knows, it says when it does not know a name.
TEST_F(SettingsOf, AreAllThatCanBeSet) {
    const auto refusal = set("no-such-setting", "x");
    const auto names = split(refusal.substr(refusal.find("there are ") + 10));
    ASSERT_GT(names.size(), 25U);
    const auto found = shown();
    for (const auto& name : names) EXPECT_TRUE(found.contains(name)) << name;
    EXPECT_EQ(found.size(), names.size() + 1) << "his state is shown, and set otherwise";
}

TEST_F(SettingsOf, AreShownAsTheyWereSet) {
    const std::vector<std::pair<std::string, std::string>> values{
        {"approval-from", "5000"},
        {"approval-new-recipient", "on"},
        {"paybill-amount", "exact"},
        {"postback-schedule", "5s,2m,1h"},
        {"ip-allow-list", "203.0.113.7,203.0.113.8"},
        {"redirect-urls", "1=https://shop.example/fail 4=https://shop.example/ok"},
        {"frame-ancestors", "https://shop.example https://*.shop.example"},
        {"success-url", "https://shop.example/thanks"},
        {"window-links", "demanded"},
        {"window-prompts-per-minute", "90"},
        {"organisation-name", "WANJIKU TRADERS"},
        {"shop-contact", "0712 345 678"},
        {"window-colours", "#0b6b3a"}};
    for (const auto& [name, value] : values) EXPECT_EQ(set(name, value), "") << name;
    EXPECT_EQ(set("window-logo", "data:image/png;base64,aGVsbG8="), "");
    const auto found = shown();
    for (const auto& [name, value] : values) EXPECT_EQ(found.at(name), value) << name;
    EXPECT_EQ(found.at("window-logo"), "image/png, 5 bytes");
}

TEST_F(SettingsOf, TellNoSecret) {
    const auto shop = all().front();
    for (const auto& [name, value] : settings_of(shop)) {
        for (const auto* secret :
             {&shop.private_access_key, &shop.private_key, &shop.webhook_secret}) {
            EXPECT_THAT(value, Not(HasSubstr(secret->reveal()))) << name;
        }
    }
}

TEST_F(SettingsOf, WhatAMerchantsPeopleSetIsNoMoneyAndNoRule) {
    std::string own;
    for (const auto& [name, value] : shown()) {
        if (is_their_own(name)) own += name + " ";
    }
    EXPECT_EQ(own,
              "fail-url failed-events frame-ancestors ip-allow-list pending-url postback-give-up "
              "postback-schedule postback-url redirect-urls success-url time-zone window-colours "
              "window-logo ");
    for (const auto* name : {"fee-percent", "deposit-max", "approvals-needed", "", "state"}) {
        EXPECT_FALSE(is_their_own(name)) << name;
    }
    EXPECT_THAT(own_settings_text(), HasSubstr("postback-url, "));
}

}  // namespace
}  // namespace lango::merchants
