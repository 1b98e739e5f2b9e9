#include "ops/refused_callers.hpp"

#include <gmock/gmock.h>

#include <utility>

#include "ops/logging.hpp"

namespace lango::ops {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Refused : public testing::Test {
  protected:
    Refused() {
        log::start({.level = log::Level::warn,
                    .json = false,
                    .write = [this](std::string_view line) { lines_.append(line).append("\n"); },
                    .now = [] { return Instant{}; }});
    }
    ~Refused() override { log::stop(); }
    std::string lines() { return std::exchange(lines_, {}); }

    std::string lines_;
    Instant now_{24h};
    Metrics metrics_;
    RefusedCallers refused_{&metrics_};
};

TEST_F(Refused, AreCountedByKindAndMerchant) {
    refused_.note("secret", "", "203.0.113.7", "r1", now_);
    refused_.note("withdrawal_signature", "demo", "203.0.113.7", "r2", now_);
    refused_.note("withdrawal_signature", "demo", "203.0.113.7", "r3", now_);
    const auto shown = metrics_.render();
    EXPECT_THAT(shown, HasSubstr("lango_refused_callers_total{kind=\"secret\",merchant=\"\"} 1"));
    EXPECT_THAT(
        shown,
        HasSubstr(
            "lango_refused_callers_total{kind=\"withdrawal_signature\",merchant=\"demo\"} 2"));
}

TEST_F(Refused, AreToldNowAndThenWithWhomAndHowMany) {
    refused_.note("secret", "", "203.0.113.7", "r1", now_);
    auto told = lines();
    EXPECT_THAT(told, HasSubstr("a caller was refused"));
    EXPECT_THAT(told, HasSubstr("kind=secret"));
    EXPECT_THAT(told, HasSubstr("peer=203.0.113.7"));
    EXPECT_THAT(told, HasSubstr("request_id=r1"));
    for (int i = 0; i < 1000; ++i) refused_.note("secret", "", "203.0.113.8", "r2", now_);
    EXPECT_EQ(lines(), "");
    // Another kind is not hidden by it.
    refused_.note("signed_read", "demo", "203.0.113.8", "r3", now_);
    EXPECT_THAT(lines(), HasSubstr("merchant=demo"));
    now_ += 10s;
    refused_.note("secret", "", "203.0.113.9", "r4", now_);
    told = lines();
    EXPECT_THAT(told, HasSubstr("peer=203.0.113.9"));
    EXPECT_THAT(told, HasSubstr("count=1001"));
}

}  // namespace
}  // namespace lango::ops
