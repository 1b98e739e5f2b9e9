#include "ops/metrics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "ops/routes.hpp"

namespace lango::ops {
namespace {

using std::chrono::milliseconds;

testing::AssertionResult has_line(const std::string& text, const std::string& line) {
    if (("\n" + text).find("\n" + line + "\n") != std::string::npos) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << line << "\nis not in\n" << text;
}

TEST(Metrics, CountRequestsByRouteAndStatus) {
    Metrics metrics;
    const std::size_t create = route_index("/api/v1/payment/create/mpesa");
    metrics.request(create, 200, milliseconds{3});
    metrics.request(create, 200, milliseconds{3});
    metrics.request(create, 418, milliseconds{3});
    const std::string text = metrics.render();
    const std::string route = R"(route="/api/v1/payment/create/mpesa")";
    EXPECT_TRUE(has_line(text, "lango_requests_total{" + route + R"(,status="200"} 2)"));
    EXPECT_TRUE(has_line(text, "lango_requests_total{" + route + R"(,status="other"} 1)"));
    EXPECT_TRUE(has_line(text, "lango_request_seconds_bucket{" + route + R"(,le="0.005"} 3)"));
    EXPECT_TRUE(has_line(text, "lango_request_seconds_bucket{" + route + R"(,le="0.002"} 0)"));
}

TEST(Metrics, HaveNoSeriesForWhatNeverHappened) {
    Metrics metrics;
    EXPECT_EQ(metrics.render().find("lango_requests_total{"), std::string::npos);
}

TEST(Metrics, GiveTheSameHandleForTheSameLabels) {
    Metrics metrics;
    Counter accepted = metrics.rail_outcomes.with("push", "accepted");
    accepted.add();
    metrics.rail_outcomes.with("push", "accepted").add(2);
    metrics.rail_outcomes.with("query", "accepted").add();
    const std::string text = metrics.render();
    const std::string name = "lango_rail_outcomes_total{";
    EXPECT_TRUE(has_line(text, name + R"(operation="push",outcome="accepted"} 3)"));
    EXPECT_TRUE(has_line(text, name + R"(operation="query",outcome="accepted"} 1)"));
}

TEST(Metrics, KeepAFamilySmall) {
    Metrics metrics;
    for (int i = 0; i < 200; ++i) metrics.callbacks.with(std::to_string(i)).add();
    const std::string text = metrics.render();
    EXPECT_TRUE(has_line(text, R"(lango_callbacks_total{outcome="other"} 136)"));
}

TEST(Metrics, FollowTheStoresTotals) {
    Metrics metrics;
    metrics.store({.commands = 10, .groups = 4, .group_max = 5, .waiting = 2});
    metrics.store({.commands = 30, .groups = 6, .group_max = 16, .waiting = 0});
    const std::string text = metrics.render();
    EXPECT_TRUE(has_line(text, "lango_store_commands_total 30"));
    EXPECT_TRUE(has_line(text, "lango_store_commits_total 6"));
    EXPECT_TRUE(has_line(text, "lango_store_group_max 16"));
    EXPECT_TRUE(has_line(text, "lango_store_waiting 0"));
}

TEST(Metrics, AskTheCollectorBeforeTheyRender) {
    Metrics metrics;
    metrics.set_collector([](Metrics& m) {
        m.deposits.with("prompted").set(7);
        m.deposits_pending.with(pending_age(milliseconds{1})).set(7);
    });
    const std::string text = metrics.render();
    EXPECT_TRUE(has_line(text, R"(lango_deposits{state="prompted"} 7)"));
    EXPECT_TRUE(has_line(text, R"(lango_deposits_pending{age="0-1m"} 7)"));
}

TEST(Metrics, TellWhatWasBuilt) {
    Metrics metrics;
    EXPECT_NE(metrics.render().find("lango_build_info{compiler=\""), std::string::npos);
}

TEST(Metrics, AreSafeFromManyThreads) {
    Metrics metrics;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&metrics] {
                for (int n = 0; n < 500; ++n) {
                    metrics.request(0, 200, milliseconds{1});
                    metrics.postback_attempts.with("delivered").add();
                    if (n % 100 == 0) static_cast<void>(metrics.render());
                }
            });
        }
    }
    const std::string text = metrics.render();
    EXPECT_TRUE(has_line(text, R"(lango_requests_total{route="/",status="200"} 2000)"));
    EXPECT_TRUE(has_line(text, R"(lango_postback_attempts_total{outcome="delivered"} 2000)"));
}

TEST(PendingAge, EndsEachBucketAtItsBound) {
    using std::chrono::hours;
    using std::chrono::minutes;
    EXPECT_EQ(pending_age(minutes{1} - Duration{1}), "0-1m");
    EXPECT_EQ(pending_age(minutes{1}), "1-5m");
    EXPECT_EQ(pending_age(minutes{5}), "5-15m");
    EXPECT_EQ(pending_age(minutes{15}), "15-60m");
    EXPECT_EQ(pending_age(hours{1}), "1-24h");
    EXPECT_EQ(pending_age(hours{24}), "24h+");
}

// What `promtool check metrics` asks for, and base units besides: no cents, days or milliseconds.
TEST(Metrics, KeepPrometheusRulesForNamesAndUnits) {
    Metrics metrics;
    metrics.told_kes.with("in", "shop").add_cents(150);
    metrics.deposits_failed.with("1032").add();
    std::istringstream lines{metrics.render()};
    std::map<std::string, std::string> types;
    std::set<std::string> helped;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string mark, what, name, rest;
        words >> mark >> what >> name;
        std::getline(words, rest);
        if (what == "TYPE") types[name] = rest.substr(1);
        if (what == "HELP" && rest.size() > 5) helped.insert(name);
    }
    EXPECT_GT(types.size(), 30U);
    for (const auto& [name, type] : types) {
        EXPECT_TRUE(helped.contains(name)) << name;
        EXPECT_EQ(type == "counter", name.ends_with("_total")) << name << ' ' << type;
        EXPECT_TRUE(name.starts_with("lango_") || name.starts_with("process_")) << name;
        EXPECT_EQ(std::ranges::count_if(name, [](char c) { return c >= 'A' && c <= 'Z'; }), 0);
        for (const auto* unit : {"_cents", "_days", "_hours", "_minutes", "_ms", "_mb", "_percent",
                                 "_count", "_sum", "_bucket", "_gauge", "_counter"}) {
            EXPECT_EQ(name.find(unit), std::string::npos) << name;
        }
    }
}

TEST(Metrics, TellMoneyInShillings) {
    Metrics metrics;
    metrics.payout_float.with("utility").set_cents(123'456);
    metrics.told_kes.with("in", "shop").add_cents(150);
    metrics.told_kes.with("in", "shop").add_cents(1000);
    const auto text = metrics.render();
    EXPECT_TRUE(has_line(text, R"(lango_payout_float_kes{account="utility"} 1234.56)"));
    EXPECT_TRUE(has_line(text, R"(lango_told_kes_total{direction="in",merchant="shop"} 11.5)"));
}

TEST(Metrics, TellOfTheProcess) {
    Metrics metrics;
    const auto value = [](const std::string& text, const std::string& name) {
        const auto at = text.find("\n" + name + " ");
        return at == std::string::npos ? -1.0 : std::stod(text.substr(at + name.size() + 2));
    };
    const auto text = metrics.render();
    EXPECT_GT(value(text, "process_resident_memory_bytes"), 1e6);
    EXPECT_GE(value(text, "process_virtual_memory_bytes"),
              value(text, "process_resident_memory_bytes"));
    EXPECT_GE(value(text, "process_open_fds"), 3);
    EXPECT_GT(value(text, "process_max_fds"), value(text, "process_open_fds"));
    EXPECT_GT(value(text, "process_start_time_seconds"), 1.7e9);
    EXPECT_GE(value(text, "process_cpu_seconds_total"), 0);
}

}  // namespace
}  // namespace lango::ops
