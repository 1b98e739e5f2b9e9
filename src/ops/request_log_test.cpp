#include "ops/request_log.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "ops/logging.hpp"
#include "ops/routes.hpp"

namespace lango::ops {
namespace {

class RequestLog : public testing::Test {
  protected:
    void listen(log::Level level) {
        log::start({.level = level,
                    .json = true,
                    .write = [this](std::string_view line) { lines_.emplace_back(line); },
                    .now = [] { return Instant{}; }});
    }
    void TearDown() override { log::stop(); }

    void answer(const std::string& path, const std::string& query, int status, bool log_all) {
        http::Request request;
        request.path = path;
        request.query = query;
        request.body = "the body";
        request.request_id = "00000000000000aa";
        http::Response response;
        response.status = status;
        observe_requests(metrics_, log_all)(request, response, Duration{1500});
    }

    Metrics metrics_;
    std::vector<std::string> lines_;
};

TEST_F(RequestLog, CountsAndIsSilentUnlessTold) {
    listen(log::Level::info);
    answer("/api/v1/payment-systems/available", "", 200, false);
    EXPECT_TRUE(lines_.empty());
    EXPECT_NE(
        metrics_.render().find(R"(route="/api/v1/payment-systems/available",status="200"} 1)"),
        std::string::npos);
}

TEST_F(RequestLog, LogsWithoutSecretsWhenTold) {
    listen(log::Level::info);
    answer("/api/v1/payment/e5c0637c10d326f7", "secret=hunter2&phone=254712344321&x", 200, true);
    ASSERT_EQ(lines_.size(), 1U);
    const std::string& line = lines_[0];
    EXPECT_EQ(line.find("hunter2"), line.npos);
    EXPECT_EQ(line.find("254712344321"), line.npos);
    EXPECT_EQ(line.find("the body"), line.npos);
    EXPECT_NE(line.find(R"("query":"secret=***&phone=2547****4321&x")"), line.npos) << line;
    EXPECT_NE(line.find(R"("route":"/api/v1/payment/{order_id}")"), line.npos) << line;
    EXPECT_NE(line.find(R"("took_us":1500)"), line.npos) << line;
}

TEST_F(RequestLog, HidesTheTokensOfCallbacks) {
    listen(log::Level::debug);
    answer("/rail/stk/e5c0637c10d326f7/0123456789abcdef", "", 200, true);
    answer("/rail/else/0123456789abcdef", "", 404, true);
    answer("//rail/stk/e5c0637c10d326f7/0123456789abcdef", "", 404, true);
    ASSERT_EQ(lines_.size(), 3U);
    for (const std::string& line : lines_) EXPECT_EQ(line.find("0123456789abcdef"), line.npos);
}

TEST_F(RequestLog, HidesThemAlsoWhenAHandlerThrows) {
    listen(log::Level::info);
    http::Request request;
    request.path = "/rail/stk/e5c0637c10d326f7/0123456789abcdef0123456789abcdef";
    log_failure(request, "the disk is full");
    ASSERT_EQ(lines_.size(), 1U);
    EXPECT_EQ(lines_[0].find("0123456789abcdef"), std::string::npos);
    EXPECT_NE(lines_[0].find("the disk is full"), std::string::npos);
}

TEST_F(RequestLog, AlwaysLogsWhatWeFailedAtButNotWhatWePutOff) {
    listen(log::Level::info);
    answer("/", "", 500, false);
    answer("/", "", 503, false);
    ASSERT_EQ(lines_.size(), 1U);
    EXPECT_NE(lines_[0].find(R"("level":"error")"), std::string::npos);
}

TEST_F(RequestLog, DoesNotTakeTheCallersFaultsInHttpForOurs) {
    listen(log::Level::info);
    for (const int status : {501, 505}) answer("/", "", status, false);
    EXPECT_TRUE(lines_.empty());
    for (const int status : {501, 505}) answer("/", "", status, true);
    ASSERT_EQ(lines_.size(), 2U);
    for (const std::string& line : lines_) {
        EXPECT_NE(line.find(R"("level":"info")"), std::string::npos) << line;
    }
}

TEST(WithoutSecrets, HidesValuesOfNamesThatContainASecretsName) {
    for (const std::string name :
         {"access_key", "private_access_key", "api_key", "client_secret", "webhookSecret",
          "consumer%5Fkey", "access_token", "X-Token", "new_password", "password2", "signature",
          "x_signature_256", "pin", "PIN", "phone_pin"}) {
        EXPECT_EQ(without_secrets("a=b&" + name + "=hunter2"), "a=b&" + name + "=***");
    }
    EXPECT_EQ(without_secrets("label=secret&phone=1"), "label=secret&phone=1");
}

TEST(WithoutSecrets, HidesValuesHoweverTheNameIsSpelt) {
    EXPECT_EQ(without_secrets("secret=a&b=c"), "secret=***&b=c");
    EXPECT_EQ(without_secrets("b=c&SECRET=a=b"), "b=c&SECRET=***");
    EXPECT_EQ(without_secrets("s%65cret=a&access_key=k"), "s%65cret=***&access_key=***");
    EXPECT_EQ(without_secrets("secret"), "secret");
    EXPECT_EQ(without_secrets(""), "");
}

// A merchant's secret where none belongs: as a path, as a bare name, under another name.
TEST_F(RequestLog, HidesASecretThatStandsWhereNoneBelongs) {
    listen(log::Level::debug);
    const std::string secret = "Zq8rT2mN5vXc7bKd9wLf3hJs6gPy1aUe";
    answer("/" + secret, "", 404, true);
    answer("//" + secret + "/x", "", 404, true);
    answer("/api/v1/" + secret, "", 404, true);
    for (const auto& query :
         {secret, "id=" + secret, secret + "=", secret + "=1", "a=b&sekret=" + secret + "&c=d",
          "label=%" + secret, "x=y=" + secret, "&&" + secret}) {
        answer("/api/v1/payment/create/mpesa", query, 404, true);
    }
    EXPECT_EQ(lines_.size(), 11U);
    for (const auto& line : lines_) {
        EXPECT_EQ(line.find(secret.substr(0, 8)), std::string::npos) << line;
        EXPECT_EQ(line.find(secret.substr(8)), std::string::npos) << line;
    }
}

TEST(WithoutSecrets, KeepsWhatIsShort) {
    EXPECT_EQ(without_secrets("label=4849&payment_url_pending_id=3&1696000000000"),
              "label=4849&payment_url_pending_id=3&1696...");
    EXPECT_EQ(without_secrets("custom_transaction_id=4849_2596"),
              "custom_transaction_id=4849_2596");
}

TEST(Routes, NamePathsByPattern) {
    EXPECT_EQ(route_name("/"), "/");
    EXPECT_EQ(route_name("/api/v1/payment/create/mpesa"), "/api/v1/payment/create/mpesa");
    EXPECT_EQ(route_name("/api/v1/payment/create/bkash"), "/api/v1/payment/create/{system}");
    EXPECT_EQ(route_name("/api/v1/payment/e5c0637c10d326f7"), "/api/v1/payment/{order_id}");
    EXPECT_EQ(route_name("/api/v1/payment/"), "/api/v1/*");
    EXPECT_EQ(route_name("/rail/stk/a/b"), "/rail/stk/{order_id}/{token}");
    EXPECT_EQ(route_name("/rail/stk/a"), "/rail/*");
    EXPECT_EQ(route_name("/wp-login.php"), "other");
    EXPECT_EQ(route_name(""), "other");
    EXPECT_EQ(route_name("//"), "other");
    EXPECT_EQ(route_name("//rail/stk/order/token"), "other");
}

}  // namespace
}  // namespace lango::ops
