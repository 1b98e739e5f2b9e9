#include <gmock/gmock.h>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class Settings : public test::Shops {
  protected:
    Settings() { static_cast<void>(create("shop")); }
};

TEST_F(Settings, AreStoredAndAudited) {
    EXPECT_EQ(set("name", "A shop"), "");
    EXPECT_EQ(set("postback-url", "https://shop.example/postback"), "");
    EXPECT_EQ(set("time-zone", "Asia/Manila"), "");
    EXPECT_EQ(set("deposit-min", "50"), "");
    EXPECT_EQ(set("deposit-max", "70000.00"), "");
    EXPECT_EQ(set("fee-percent", "1.50"), "");
    EXPECT_EQ(set("fee-fixed", "2.5"), "");
    EXPECT_EQ(set("ip-allow-list", "203.0.113.7, 203.0.113.8"), "");
    const auto shop = the();
    EXPECT_EQ(shop.name, "A shop");
    EXPECT_EQ(shop.postback_url, "https://shop.example/postback");
    EXPECT_EQ(shop.time_zone, "Asia/Manila");
    EXPECT_EQ(shop.deposit_min, Money::kes(50));
    EXPECT_EQ(shop.deposit_max, Money::kes(70'000));
    EXPECT_EQ(shop.fee_percent.text(), "1.5");
    EXPECT_EQ(shop.fee_fixed.minor(), 250);
    EXPECT_THAT(shop.ip_allow_list, ElementsAre("203.0.113.7", "203.0.113.8"));
    EXPECT_EQ(trail(),
              "1 created:  -> shop by test\n"
              "2 name: shop -> A shop by test\n"
              "3 postback-url:  -> https://shop.example/postback by test\n"
              "4 time-zone: Africa/Nairobi -> Asia/Manila by test\n"
              "5 deposit-min: 10 -> 50 by test\n"
              "6 deposit-max: 250000 -> 70000 by test\n"
              "7 fee-percent: 0 -> 1.5 by test\n"
              "8 fee-fixed: 0 -> 2.5 by test\n"
              "9 ip-allow-list:  -> 203.0.113.7,203.0.113.8 by test\n");
}

TEST_F(Settings, MayGiveAMerchantHisOwnScheduleOfPostbacks) {
    using namespace std::chrono_literals;
    EXPECT_EQ(the().postback_schedule, PostbackSchedule{});
    EXPECT_EQ(set("postback-schedule", "5s, 2m,1h"), "");
    EXPECT_EQ(set("postback-give-up", "24h"), "");
    EXPECT_THAT(the().postback_schedule.pauses, ElementsAre(5s, 2min, 1h));
    EXPECT_EQ(the().postback_schedule.give_up_after, 24h);
    EXPECT_EQ(set("postback-schedule", ""), "");
    EXPECT_EQ(set("postback-give-up", ""), "");
    EXPECT_EQ(the().postback_schedule, PostbackSchedule{});
    EXPECT_EQ(trail(),
              "1 created:  -> shop by test\n"
              "2 postback-schedule: 10s,30s,2m,5m,15m,30m,1h,2h,4h,8h,12h -> 5s,2m,1h by test\n"
              "3 postback-give-up: 72h -> 24h by test\n"
              "4 postback-schedule: 5s,2m,1h -> 10s,30s,2m,5m,15m,30m,1h,2h,4h,8h,12h by test\n"
              "5 postback-give-up: 24h -> 72h by test\n");
}

TEST_F(Settings, ChangeOneMerchantAlone) {
    ASSERT_TRUE(create("other"));
    EXPECT_EQ(set("fee-percent", "3"), "");
    EXPECT_EQ(the("other").fee_percent.text(), "0");
}

TEST_F(Settings, AreRefusedWithWhatIsExpected) {
    const struct {
        const char* setting;
        std::vector<const char*> values;
        const char* words;
    } cases[] = {
        {"name", {""}, "a name has 1 to 100 characters"},
        {"postback-schedule",
         {"0s", "10", "s", "10s;20s", "1.5h", "-1s", "25h", "99999999999h"},
         "postback-schedule is a list of 1 to 50 pauses of at most 24h, such as 10s,30s,2m,1h"},
        {"postback-give-up",
         {"59s", "721h", "soon", "72"},
         "postback-give-up is a time from 1m to 720h, such as 72h"},
        {"postback-url",
         {"shop.example", "ftp://shop.example", "http://", "https:///postback",
          "http:", "https://shop.example/a b", "https://shop.example/\n",
          // What a postback would not be sent to.
          "http://user:pw@shop.example/", "http://127.0.0.1%2eexample/",
          "http://shop.example:100783/"},
         "postback-url is a whole http:// or https:// address"},
        {"time-zone",
         {"", "Nairobi", "Africa/Nowhere", "+03:00"},
         "time-zone is an IANA name such as Africa/Nairobi"},
        {"deposit-min",
         {"", "0", "-1", "0.5", "10.50", "250001", "ten", "1e9", "0x10", " 10"},
         "limit is a whole number of shillings from 1 to 250000"},
        {"deposit-max",
         {"", "0", "250000.01", "1e400"},
         "limit is a whole number of shillings from 1 to 250000"},
        {"fee-percent",
         {"", "-1", "100.000001", "1.0000001", "1%", "one"},
         "fee-percent is a number from 0 to 100 with at most 6 decimals"},
        {"fee-fixed",
         {"", "-0.01", "2.505", "free", "250000.01", "10000000000000000"},
         "fee-fixed is an amount in shillings up to 250000, such as 2.50"},
        {"ip-allow-list",
         {"localhost", "203.0.113.7;203.0.113.8", "203.0.113.0/24", "203.0.113.7,no"},
         "ip-allow-list is a list of addresses joined by commas"},
    };
    for (const auto& c : cases) {
        for (const auto* value : c.values) {
            EXPECT_THAT(set(c.setting, value), HasSubstr(c.words)) << c.setting << " " << value;
        }
    }
    EXPECT_EQ(trail(), "1 created:  -> shop by test\n");
}

TEST_F(Settings, KeepTheLeastBelowTheLargest) {
    ASSERT_EQ(set("deposit-max", "100"), "");
    EXPECT_EQ(set("deposit-min", "101"), "deposit-min is above deposit-max");
    EXPECT_EQ(set("deposit-min", "100"), "");
    EXPECT_EQ(set("deposit-max", "99"), "deposit-min is above deposit-max");
    EXPECT_EQ(the().deposit_max, Money::kes(100));
}

TEST_F(Settings, CanBeEmptied) {
    ASSERT_EQ(set("postback-url", "http://shop.example"), "");
    ASSERT_EQ(set("ip-allow-list", "203.0.113.7"), "");
    EXPECT_EQ(set("postback-url", ""), "");
    EXPECT_EQ(set("ip-allow-list", " , "), "");
    EXPECT_EQ(the().postback_url, "");
    EXPECT_TRUE(the().ip_allow_list.empty());
}

// A caller's address is compared as text: the list must be written as the server writes it.
TEST_F(Settings, WriteAddressesAsTheServerDoes) {
    EXPECT_EQ(set("ip-allow-list", "2001:DB8:0:0::1, ::ffff:203.0.113.7 ,203.0.113.8"), "");
    EXPECT_THAT(the().ip_allow_list, ElementsAre("2001:db8::1", "203.0.113.7", "203.0.113.8"));
    EXPECT_TRUE(the().allows_address("203.0.113.7"));
}

TEST_F(Settings, ThatNobodyKnowsAreRefusedWithThoseThatAre) {
    EXPECT_THAT(set("colour", "red"),
                StartsWith("there is no setting colour; there are name, postback-url, "
                           "postback-schedule, postback-give-up, time-zone, "
                           "deposit-min, deposit-max, fee-percent, fee-fixed, "));
    EXPECT_THAT(set("Name", "x"), StartsWith("there is no setting Name; "));
    EXPECT_EQ(set("name", "x", "nobody"), "there is no merchant nobody");
}

}  // namespace
}  // namespace lango::merchants
