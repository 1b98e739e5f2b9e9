#include "ops/health.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <stdexcept>

namespace lango::ops {
namespace {

namespace asio = boost::asio;

http::Response get(const http::Service& service, const std::string& path) {
    asio::io_context io;
    http::Request request;
    request.path = path;
    auto answer = asio::co_spawn(io, service(request), asio::use_future);
    io.run();
    return answer.get();
}

asio::awaitable<void> count_deposits(Metrics& metrics) {
    metrics.deposits.with("paid").set(3);
    co_return;
}

TEST(Health, IsReadyWhenNoCheckObjects) {
    Metrics metrics;
    Health health;
    health.add("store", [] { return std::nullopt; });
    const http::Service service = ops_service(metrics, health);
    EXPECT_EQ(get(service, "/readyz").status, 200);
    EXPECT_EQ(get(service, "/healthz").body, R"({"status":"ok"})");
}

TEST(Health, NamesWhatObjectsAndStaysAlive) {
    Metrics metrics;
    Health health;
    std::optional<std::string> trouble = "disk full";
    health.add("store", [&] { return trouble; });
    health.add("rail", []() -> std::optional<std::string> { throw std::runtime_error("boom"); });
    const http::Service service = ops_service(metrics, health);
    const http::Response response = get(service, "/readyz");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(
        response.body,
        R"({"status":"fail","reasons":{"store":"disk full","rail":"the check failed: boom"}})");
    EXPECT_EQ(get(service, "/healthz").status, 200);
    trouble.reset();
    EXPECT_EQ(health.reasons().size(), 1U);
}

TEST(Health, TellsWhatIsAskedForWhateverItSays) {
    Metrics metrics;
    Health health;
    health.tell("audit", [] { return std::optional<std::string>{"all laws hold"}; });
    health.tell("nothing", [] { return std::optional<std::string>{}; });
    const auto response = get(ops_service(metrics, health), "/readyz");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"status":"ok","notes":{"audit":"all laws hold"}})");
}

// Whose rail is down still takes what the rail tells of prompts on phones.
TEST(Health, WarnsWithoutTakingTheGatewayAway) {
    Metrics metrics;
    Health health;
    std::optional<std::string> trouble;
    health.add("store", [&] { return trouble; });
    health.warn("rail", [] { return std::optional<std::string>{"the breaker is open"}; });
    const http::Service service = ops_service(metrics, health);
    EXPECT_EQ(get(service, "/readyz").status, 200);
    EXPECT_EQ(get(service, "/readyz").body,
              R"({"status":"ok","warnings":{"rail":"the breaker is open"}})");
    trouble = "disk full";
    EXPECT_EQ(get(service, "/readyz").status, 503);
    EXPECT_EQ(
        get(service, "/readyz").body,
        R"({"status":"fail","reasons":{"store":"disk full"},"warnings":{"rail":"the breaker is open"}})");
}

asio::awaitable<void> fail_to_count() {
    throw std::runtime_error("disk full");
    co_return;
}

TEST(OpsService, RendersWhatIsInMemoryWhenTheStoreCannotBeRead) {
    Metrics metrics;
    Health health;
    const http::Response response =
        get(ops_service(metrics, health, [] { return fail_to_count(); }), "/metrics");
    EXPECT_EQ(response.status, 200);
    EXPECT_NE(response.body.find("lango_metrics_collected 0"), std::string::npos);
}

TEST(OpsService, RendersMetricsAfterCollecting) {
    Metrics metrics;
    Health health;
    const http::Service service =
        ops_service(metrics, health, [&metrics] { return count_deposits(metrics); });
    const http::Response response = get(service, "/metrics");
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(response.content_type.starts_with("text/plain; version=0.0.4"));
    EXPECT_NE(response.body.find(R"(lango_deposits{state="paid"} 3)"), std::string::npos);
}

TEST(OpsService, KnowsNothingElse) {
    Metrics metrics;
    const Health health;
    EXPECT_EQ(get(ops_service(metrics, health), "/api/v1/payment").status, 404);
}

}  // namespace
}  // namespace lango::ops
