#include "shop/shop.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "base/json.hpp"
#include "base/manual_clock.hpp"
#include "merchants/redirect.hpp"
#include "postbacks/body.hpp"
#include "postbacks/exchange.hpp"
#include "postbacks/samples.hpp"

namespace lango::shop {
namespace {

using namespace std::chrono_literals;
using http::Method;

class ShopTest : public testing::Test {
  protected:
    void SetUp() override {
        shop_.open({.access_key = "TA25Ea9sjPUFJvIG",
                    .private_access_key = "test_private_access_key",
                    .webhook_secret = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4"},
                   {.plugin = "http://127.0.0.1:1/plugin/demo/",
                    .phones = "http://127.0.0.1:2/phone/",
                    .shop = "http://127.0.0.1:3"});
    }
    http::Response ask(Method method, std::string path, std::string body = {},
                       http::Headers headers = {}) {
        http::Request request;
        request.method = method;
        request.path = std::move(path);
        request.body = std::move(body);
        request.headers = std::move(headers);
        http::Response response{.status = 0};
        asio::co_spawn(
            io_, [&]() -> asio::awaitable<void> { response = co_await shop_.handle(request); },
            asio::detached);
        clock_.settle();
        return response;
    }
    json::Value get(const std::string& path) {
        return json::parse(ask(Method::get, path).body).value();
    }
    json::Value buy(const std::string& good, const std::string& way) {
        const auto body = R"({"good":")" + good + R"(","way":")" + way + R"(","lang":"sw"})";
        return json::parse(ask(Method::post, "/orders", body).body).value();
    }
    // As the gateway sends it.
    void post_back(const std::string& order, std::int64_t shillings, bool forged = false) {
        auto facts = postbacks::test::page_facts();
        facts.custom_transaction_id = order;
        facts.amount = Money::kes(shillings);
        auto merchant = postbacks::test::merchant();
        if (forged) merchant.private_access_key = Secret{"a guess"};
        const auto parts = postbacks::deposit_body(merchant, facts, clock_.now(), 7);
        const auto body = postbacks::whole_body(parts, rates::page_sample(), facts.amount);
        const auto sent = postbacks::request_for(merchant, PostbackId{77}, body, clock_.now(), 1s);
        http::Headers headers;
        for (const auto& [name, value] : sent.headers) headers.add(name, value);
        EXPECT_EQ(ask(Method::post, "/postback", body, headers).body, R"({"status":"ok"})");
    }
    std::string standing(const std::string& order) {
        return get("/orders/" + order).text_at("standing");
    }

    asio::io_context io_{1};
    ManualClock clock_{io_, postbacks::test::page_created};
    SeededRandom random_{1};
    Shop shop_{io_.get_executor(), clock_, random_};
};

TEST_F(ShopTest, SignsNothingForAStrangersPage) {
    http::Headers foreign;
    foreign.add("Origin", "https://evil.example");
    for (const auto& [method, path] : std::vector<std::pair<Method, std::string>>{
             {Method::post, "/verify"}, {Method::post, "/orders"}, {Method::get, "/shelf"}}) {
        EXPECT_EQ(ask(method, path, "{}", foreign).status, 403) << path;
    }
}

TEST_F(ShopTest, SendsACustomerAwayWithAWayBackThatTheWindowBelieves) {
    const auto order = buy("coffee", "redirect");
    const auto link = order.text_at("link");
    EXPECT_TRUE(link.starts_with("http://127.0.0.1:1/plugin/demo/?label=")) << link;
    const auto query = http::Query::parse(link.substr(link.find('?') + 1));
    EXPECT_EQ(query.find("fixed_amount"), "850");
    EXPECT_EQ(query.find("lang"), "sw");
    EXPECT_EQ(query.find("custom_transaction_id"), order.text_at("order"));
    for (const auto* name : {"success_url", "fail_url", "pending_url"}) {
        EXPECT_EQ(merchants::read_redirect(Secret{"test_private_access_key"},
                                           query.find(name).value_or("")),
                  "http://127.0.0.1:3/?order=" + order.text_at("order"));
    }
    EXPECT_TRUE(*order.find("back")->find("holds")->boolean());
}

TEST_F(ShopTest, LeadsNowhereFromAFrame) {
    const auto order = buy("voucher", "frame");
    EXPECT_EQ(order.text_at("link").find("_url"), std::string::npos);
    EXPECT_EQ(order.text_at("link").find("fixed_amount"), std::string::npos);
    EXPECT_TRUE(order.find("back")->is_null());
    EXPECT_EQ(order.text_at("phone_url"),
              "http://127.0.0.1:2/phone/?phone=" + order.text_at("phone"));
}

TEST_F(ShopTest, BelievesAPostbackWhoseSignaturesHoldAndNothingElse) {
    const auto order = buy("coffee", "redirect").text_at("order");
    EXPECT_EQ(standing(order), "waiting");
    post_back(order, 850, true);
    EXPECT_EQ(standing(order), "waiting");
    post_back("shop-another", 850);
    EXPECT_EQ(standing(order), "waiting");
    post_back(order, 849);
    EXPECT_EQ(standing(order), "other_amount");
    post_back(order, 850);
    EXPECT_EQ(standing(order), "paid");
    const auto shown = get("/orders/" + order);
    const auto& told = *shown.find("postbacks")->array();
    ASSERT_EQ(told.size(), 3U);
    EXPECT_TRUE(*told[0].find("verified")->boolean());
    EXPECT_FALSE(*told[2].find("verified")->boolean());
}

TEST_F(ShopTest, TellsOfEveryPostbackWhichOrdersItKnows) {
    post_back("of the API", 1000);
    const auto shown = get("/shelf");
    const auto& told = *shown.find("postbacks")->array();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].text_at("order"), "of the API");
    EXPECT_FALSE(*told[0].find("known")->boolean());
    EXPECT_TRUE(shop_.find("of the API")->signature_verified());
    EXPECT_FALSE(shop_.find("none"));
}

TEST_F(ShopTest, ChecksBytesThatSomebodyPastes) {
    post_back("a", 1000);
    auto body = shop_.find("a")->body;
    EXPECT_TRUE(*json::parse(ask(Method::post, "/verify", body).body)->find("holds")->boolean());
    body.replace(body.rfind("1000"), 4, "9000");
    EXPECT_FALSE(*json::parse(ask(Method::post, "/verify", body).body)->find("holds")->boolean());
}

TEST_F(ShopTest, RefusesWhatItDoesNotSellOrKnow) {
    EXPECT_EQ(ask(Method::post, "/orders", R"({"good":"car"})").status, 400);
    EXPECT_EQ(ask(Method::post, "/orders", "").status, 400);
    EXPECT_EQ(ask(Method::get, "/orders/none").status, 404);
    EXPECT_EQ(ask(Method::post, "/postback", "{}").status, 400);
}

TEST_F(ShopTest, HoldsOnlyTheWindowAndAPhoneInFrames) {
    const auto page = ask(Method::get, "/");
    EXPECT_EQ(page.status, 200);
    std::string policy;
    for (const auto& [name, value] : page.headers) {
        if (name == "Content-Security-Policy") policy = value;
    }
    EXPECT_TRUE(policy.starts_with("default-src 'none';")) << policy;
    EXPECT_TRUE(policy.ends_with("frame-src http://127.0.0.1:1 http://127.0.0.1:2")) << policy;
    int files = 0;
    for (std::size_t at = page.body.find("\"./"); at != std::string::npos;
         at = page.body.find("\"./", at + 1)) {
        const auto name = page.body.substr(at + 3, page.body.find('"', at + 3) - at - 3);
        EXPECT_EQ(ask(Method::get, "/" + name).status, 200) << name;
        ++files;
    }
    EXPECT_EQ(files, 3) << "icon, sheet and script";
}

}  // namespace
}  // namespace lango::shop
