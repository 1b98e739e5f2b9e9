// What is wrong with settings is told all at once, before anything is made.
#include "app/start_check.hpp"

#include <gmock/gmock.h>

namespace lango::app {
namespace {

using testing::HasSubstr;
using testing::Not;

ops::Config good() {
    ops::Config config;
    config.http.public_url = "https://pay.example.co.ke";
    config.http.trusted_proxies = {"127.0.0.1"};
    config.rail.shortcode = 600123;
    config.rail.consumer_key = Secret{"k"};
    config.rail.consumer_secret = Secret{"s"};
    config.rail.passkey = Secret{"p"};
    return config;
}

TEST(StartCheck, FindsNothingWhereNothingIsWrong) { EXPECT_EQ(start_problems(good()), ""); }

TEST(StartCheck, NamesAllThatIsWrongAtOnce) {
    ops::Config config;
    config.payouts.initiator = "api";
    config.payouts.certificate = "/nowhere/certificate.cer";
    const auto said = start_problems(config);
    for (const auto* words : {"http.trusted_proxies", "rail.shortcode", "rail.consumer_key",
                              "rail.passkey", "http.public_url", "payouts.certificate"}) {
        EXPECT_THAT(said, HasSubstr(words));
    }
}

TEST(StartCheck, SendsNoSecretInClearBeyondThisMachine) {
    for (const auto* url :
         {"http://api.safaricom.co.ke", "http://10.0.0.7:8000", "http://127.0.0.1.example",
          "http://localhost.example", "http://127.0.0.1@rail.example", "http://[2001:db8::1]:80"}) {
        auto config = good();
        config.rail.base_url = url;
        EXPECT_THAT(start_problems(config), HasSubstr("rail.base_url")) << url;
        config.rail.allow_plain_http = true;
        EXPECT_THAT(start_problems(config), Not(HasSubstr("rail.base_url"))) << url;
    }
    for (const auto* url : {"http://127.0.0.1:9000", "http://localhost", "http://[::1]:80",
                            "http://rail.localhost:1", "https://sandbox.safaricom.co.ke"}) {
        auto config = good();
        config.rail.base_url = url;
        EXPECT_EQ(start_problems(config), "") << url;
    }
    auto config = good();
    config.rail.base_url = "https://sandbox.safaricom.co.ke";
    config.http.public_url = "http://pay.example.co.ke";
    EXPECT_THAT(start_problems(config), HasSubstr("http.public_url"));
}

TEST(StartCheck, TakesPasswordsByHttpsAloneBeyondThisMachine) {
    for (const auto* url : {"http://console.example", "http://127.0.0.1:8084",
                            "http://localhost.example", "http://localhost@example"}) {
        auto config = good();
        config.backoffice.public_url = url;
        EXPECT_THAT(start_problems(config), HasSubstr("backoffice.public_url")) << url;
    }
    for (const auto* url : {"", "https://console.example", "http://localhost:8084"}) {
        auto config = good();
        config.backoffice.public_url = url;
        EXPECT_EQ(start_problems(config), "") << url;
    }
}

}  // namespace
}  // namespace lango::app
