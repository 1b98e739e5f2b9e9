// For tests: the window on a store in memory, a rail that is there or down, and a payer who reads
// what he is shown. Deposits are moved by the commands that the gateway uses.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <string>

#include "base/clock.hpp"
#include "base/manual_clock.hpp"
#include "deposits/observe.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"
#include "merchants/redirect.hpp"
#include "rails/rail.hpp"
#include "store/store.hpp"
#include "store/store_fixture.hpp"
#include "window/gzip.hpp"
#include "window/order.hpp"
#include "window/window.hpp"

namespace lango::window::test {

using namespace std::chrono_literals;

inline const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

class WindowRail final : public rails::Rail {
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

class Windows : public testing::Test {
  protected:
    explicit Windows(Options options = {}, std::string public_url = "http://gateway")
        : window_(context(std::move(public_url)), options, store_.context().get_executor()),
          service_(window_.before(others)) {
        shop_.id = MerchantId{1};
        shop_.slug = "demo";
        shop_.name = "Demo & sons";
        shop_.private_access_key = Secret{"key of demo"};
        shop_.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        other_.id = MerchantId{2};
        other_.slug = "other";
        other_.name = "Other shop";
        other_.private_access_key = Secret{"key of other"};
        other_.window.redirect_urls = {{7, "https://other.example/seven"}};
        set_up();
    }
    Context context(std::string public_url = "http://gateway") {
        return {
            .store = store_.store(),
            .clock = clock_,
            .random = random_,
            .ids = ids_,
            .master = master_,
            .merchants = directory_,
            .rail = rail_,
            .wake_worker = [this] { ++wakes_; },
            .wake_checks = [this] { ++check_wakes_; },
            .public_url = std::move(public_url),
            .admit = {},
            .refused =
                [this](std::string_view kind, const merchants::Merchant& merchant,
                       const http::Request& made) {
                    refused_.push_back(std::string{kind} + " " + merchant.slug + " " + made.peer);
                }};
    }
    // A window of another process on the same store.
    void restart_window(Options options = {}) {
        again_ = std::make_unique<Window>(context(), options, store_.context().get_executor());
        service_ = again_->before(others);
    }
    // As the gateway does: at a clean end and each minute, and at the next start.
    void keep_counts() { store_.wait_for(done((again_ ? *again_ : window_).keep_counts())); }
    void restart_cleanly(Options options = {}) {
        keep_counts();
        restart_window(options);
        store_.wait_for(done(again_->recall_counts()));
    }
    static asio::awaitable<bool> done(asio::awaitable<void> work) {
        co_await std::move(work);
        co_return true;
    }
    // After a change of shop_ or other_.
    void set_up() { directory_.replace({shop_, other_}); }

    static asio::awaitable<http::Response> others(const http::Request&) {
        http::Response response;
        response.body = "others";
        co_return response;
    }

    // --- the payer's browser ---
    http::Request request(http::Method method, const std::string& target,
                          const std::string& body = {}) {
        http::Request made;
        made.method = method;
        const auto mark = std::min(target.find('?'), target.size());
        made.path = target.substr(0, mark);
        if (mark < target.size()) made.query = target.substr(mark + 1);
        made.body = body;
        made.host = host_;
        made.headers.add("Host", host_);
        made.peer = peer_;
        made.request_id = "0123456789abcdef";
        std::string cookies;
        for (const auto& [name, value] : cookies_) {
            if (!value.empty()) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        }
        if (!cookies.empty()) made.headers.add("Cookie", cookies);
        for (const auto& [name, value] : headers_) made.headers.add(name, value);
        return made;
    }
    http::Response call(const http::Request& made) {
        auto response = store_.wait_for(service_(made));
        for (const auto& [name, value] : response.headers) {
            if (name != "Set-Cookie") continue;
            const auto equals = value.find('=');
            cookies_[value.substr(0, equals)] =
                value.substr(equals + 1, value.find(';') - equals - 1);
        }
        return response;
    }
    http::Response get(const std::string& target) {
        return call(request(http::Method::get, target));
    }
    http::Response post(const std::string& target, const std::string& body) {
        return call(request(http::Method::post, target, body));
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (http::same_name(key, name)) return value;
        }
        return {};
    }
    // Follows redirects of the window itself.
    http::Response follow(http::Response response) {
        while (response.status == 303) response = get(header(response, "Location"));
        return response;
    }
    static std::string found(const std::string& text, const std::string& pattern) {
        std::smatch match;
        return std::regex_search(text, match, std::regex{pattern}) ? match[1].str() : "";
    }
    static std::string screen(const http::Response& response) {
        return found(response.body, "data-screen=\"([a-z]*)\"");
    }
    static std::string element(const http::Response& response, const std::string& id) {
        return found(response.body, "id=\"" + id + "\"[^>]*>([^<]*)<");
    }
    static std::string href(const http::Response& response, const std::string& id) {
        auto text = found(response.body, "<a id=\"" + id + "\"[^>]*href=\"([^\"]*)\"");
        for (auto at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;")) {
            text.replace(at, 5, "&");
        }
        return text;
    }
    static bool has(const http::Response& response, std::string_view part) {
        return response.body.find(part) != std::string::npos;
    }

    // --- an order ---
    static std::string link(const std::string& id = "order-1",
                            const std::string& more = "&fixed_amount=1000") {
        return "/plugin/demo/?label=user&currency_code=KES&lang=en&wallet_type=mpesa"
               "&custom_transaction_id=" +
               id + more;
    }
    static std::string form(const http::Response& page, const std::string& phone,
                            const std::string& more = {}) {
        return "phone=" + phone + "&key=" + found(page.body, "name=\"key\" value=\"([^\"]*)\"") +
               more;
    }
    // Opens the link, types the phone and presses the button: the address that follows.
    std::string pay(const std::string& target = link(), const std::string& phone = "0712345678",
                    const std::string& more = {}) {
        const auto page = get(target);
        EXPECT_EQ(screen(page), "enter") << page.body;
        const auto answer = post(target, form(page, phone, more));
        EXPECT_EQ(answer.status, 303) << answer.body;
        return header(answer, "Location");
    }

    // --- the rail ---
    std::vector<DepositId> take() {
        const auto taken = store_.write([this](store::Tx& tx) {
            return deposits::take_pushes(tx, 10, timing_, 174379, clock_.now());
        });
        std::vector<DepositId> ids;
        for (const auto& push : taken.pushes) ids.push_back(push.deposit);
        return ids;
    }
    void answer(DepositId id, rails::Submitted outcome, const std::string& answer_code = "0") {
        store_.write([&](store::Tx& tx) {
            deposits::record_push(tx, id,
                                  {.outcome = outcome,
                                   .code = answer_code,
                                   .message = {},
                                   .checkout_request_id = "ws_CO_1",
                                   .merchant_request_id = "m-1",
                                   .raw = "{}"},
                                  timing_, clock_.now());
        });
    }
    // The prompt of the newest order is on the phone.
    DepositId prompt() {
        const auto ids = take();
        EXPECT_EQ(ids.size(), 1U);
        answer(ids.at(0), rails::Submitted::accepted);
        return ids.at(0);
    }
    deposits::Observed observe(DepositId id, rails::Fate fate, const std::string& result,
                               std::optional<std::string> receipt = std::nullopt,
                               bool may_turn = false) {
        const rails::Observation seen{.source = rails::Source::callback,
                                      .fate = fate,
                                      .code = result,
                                      .description = {},
                                      .checkout_request_id = "ws_CO_1",
                                      .merchant_request_id = "m-1",
                                      .receipt = receipt,
                                      .amount = receipt ? std::optional{amount_} : std::nullopt,
                                      .may_turn = may_turn,
                                      .raw = "callback"};
        return store_
            .write([&, fresh = ids_.next(clock_.now())](store::Tx& tx) {
                return deposits::observe(tx, id, seen,
                                         {.merchants = &directory_,
                                          .rates = rates_,
                                          .fresh_id = fresh,
                                          .shortcode = 174379,
                                          .timing = timing_,
                                          .postback_lease = 30s,
                                          .confirm_above = confirm_above_},
                                         clock_.now());
            })
            .what;
    }
    void pin(DepositId id) { observe(id, rails::Fate::paid, "0", "UKN7000001"); }
    void fail(DepositId id, const std::string& result = "2001") {
        observe(id, rails::Fate::failed, result);
    }
    void let_time_pass(Duration by) { clock_.advance(by); }
    std::int64_t deposits() { return store_.number("SELECT COUNT(*) FROM deposits"); }
    std::int64_t orders() { return store_.number("SELECT COUNT(*) FROM window_orders"); }

    store::test::MemoryStore store_;
    ManualClock clock_{store_.context(), start};
    SeededRandom random_{5};
    IdSource ids_{random_};
    crypto::MasterKey master_{{}};
    merchants::Directory directory_{master_};
    WindowRail rail_;
    merchants::Merchant shop_;
    merchants::Merchant other_;
    std::shared_ptr<const rates::Table> rates_ = [this] {
        auto table = rates::page_sample();
        table.id = store_.write([&](store::Tx& tx) { return rates::save(tx, table); });
        return std::make_shared<const rates::Table>(table);
    }();
    deposits::Timing timing_;
    Money amount_ = Money::kes(1000);
    std::optional<Money> confirm_above_;
    int wakes_ = 0;
    int check_wakes_ = 0;
    std::vector<std::string> refused_;  // "KIND MERCHANT PEER"
    std::string host_ = "gateway";
    std::string peer_ = "203.0.113.7";
    std::map<std::string, std::string> cookies_;
    std::vector<std::pair<std::string, std::string>> headers_;
    Window window_;
    std::unique_ptr<Window> again_;  // after restart_window()
    http::Service service_;
};

}  // namespace lango::window::test
