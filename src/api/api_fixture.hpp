// For tests: the endpoints on a store in memory, a rail that is there or down, and no worker.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "api/endpoints.hpp"
#include "api/service.hpp"
#include "base/manual_clock.hpp"
#include "store/store_fixture.hpp"

namespace lango::api::test {

using namespace std::chrono_literals;

inline const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

// Takes nothing; tests of the endpoints only ask whether it is there.
class SilentRail final : public rails::Rail {
  public:
    std::optional<Duration> down;

    [[nodiscard]] const rails::Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] std::int64_t shortcode() const override { return 174379; }
    [[nodiscard]] std::string reference(DepositId deposit) const override {
        return hex16(deposit.value());
    }
    [[nodiscard]] Allowance allowance(Instant) override { return {}; }
    void spend(std::size_t) override {}
    [[nodiscard]] std::optional<Duration> down_for(Instant) const override { return down; }
    [[nodiscard]] asio::awaitable<rails::PushAnswer> push(rails::Push) override {
        co_return rails::PushAnswer{};
    }
    [[nodiscard]] asio::awaitable<std::optional<rails::Observation>> query(std::string) override {
        co_return std::nullopt;
    }
    [[nodiscard]] asio::awaitable<std::optional<std::vector<rails::PulledPayment>>> pull(
        Instant, Instant) override {
        co_return std::nullopt;
    }
    void stop_reading() override {}

  private:
    rails::Capabilities capabilities_{.query = true,
                                      .pull = true,
                                      .prompt_life = 90s,
                                      .phone_spacing = 60s,
                                      .same_amount_spacing = 120s};
};

class Endpoints : public testing::Test {
  protected:
    Endpoints() { directory_.replace({merchant(1, "secret-1"), merchant(2, "secret-2")}); }

    merchants::Merchant merchant(std::int64_t id, const std::string& secret) {
        merchants::Merchant made;
        made.id = MerchantId{id};
        made.slug = "shop-" + std::to_string(id);
        made.secret_hash = master_.lookup_hash(secret);
        return made;
    }
    http::Response call(http::Request request) { return store_.wait_for(service_(request)); }
    static http::Request get(const std::string& path, const std::string& query) {
        http::Request request;
        request.path = path;
        request.query = query;
        request.peer = "203.0.113.7";
        return request;
    }
    static http::Request post(const std::string& path, const std::string& query,
                              const std::string& body) {
        auto request = get(path, query);
        request.method = http::Method::post;
        request.body = body;
        return request;
    }
    static std::string deposit(int number) {
        return R"({"amount":1000,"currency":"KES","label":"user","phone_number":"2547123456)" +
               std::to_string(number) + R"(","custom_transaction_id":"o)" + std::to_string(number) +
               R"("})";
    }
    // numbers of two digits: a phone and an order of its own each.
    http::Response create(int number, const std::string& secret = "secret-1") {
        return call(post("/api/v1/payment/create/mpesa", "secret=" + secret, deposit(number)));
    }
    std::int64_t deposits() { return store_.number("SELECT COUNT(*) FROM deposits"); }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }

    store::test::MemoryStore store_;
    ManualClock clock_{store_.context(), start};
    SeededRandom random_{5};
    IdSource ids_{random_};
    crypto::MasterKey master_{{}};
    merchants::Directory directory_{master_};
    SilentRail rail_;
    deposits::Observer observer_{{.store = store_.store(),
                                  .clock = clock_,
                                  .ids = ids_,
                                  .merchants = directory_,
                                  .rates = [] { return nullptr; },
                                  .shortcode = 174379,
                                  .hand_over = [](const postbacks::Message&) {},
                                  .noticed = {},
                                  .wake_worker = {}},
                                 {}};
    MerchantRate creates_{0};
    int wakes_ = 0;
    Context context_{.store = store_.store(),
                     .clock = clock_,
                     .ids = ids_,
                     .master = master_,
                     .merchants = directory_,
                     .rail = rail_,
                     .observer = observer_,
                     .wake_worker = [this] { ++wakes_; },
                     .public_url = "http://gateway",
                     .callback_addresses = {},
                     .callback_noticed = {},
                     .creates = creates_};
    http::Router router_ = routes(context_);
    http::Service service_ = guarded(context_, router_);
};

}  // namespace lango::api::test
