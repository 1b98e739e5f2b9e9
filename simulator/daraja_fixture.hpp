// For tests: a simulated Daraja on a clock of their own, a merchant who listens, a payer to watch.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/manual_clock.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

struct Callback {
    Duration at;  // since the test began
    std::string url;
    std::string text;
    json::Value body;
    [[nodiscard]] const json::Value& result() const {
        const auto* const of_initiator = body.find("Result");
        return of_initiator != nullptr ? *of_initiator : *body.find("Body")->find("stkCallback");
    }
    [[nodiscard]] std::string code() const { return result().text_at("ResultCode"); }
    // An item of the metadata; "" when it has no value.
    [[nodiscard]] std::string item(std::string_view name) const {
        for (const auto& entry : *result().find("CallbackMetadata")->find("Item")->array()) {
            if (entry.text_at("Name") == name) return entry.text_at("Value");
        }
        return "no such item";
    }
    // A parameter of an initiator's result; one alone is an object.
    [[nodiscard]] std::string parameter(std::string_view name) const {
        const auto* const all = result().find("ResultParameters");
        if (all == nullptr) return "no parameters";
        const auto& list = *all->find("ResultParameter");
        if (list.array() == nullptr)
            return list.text_at(list.text_at("Key") == name ? "Value" : "");
        for (const auto& entry : *list.array()) {
            if (entry.text_at("Key") == name) return entry.text_at("Value");
        }
        return "no such parameter";
    }
};

class DarajaTest : public testing::Test, public http::Client {
  protected:
    // 23 November 2026, 12:00 in Nairobi.
    static constexpr Instant began =
        Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};
    static constexpr const char* timestamp = "20261123120000";

    ~DarajaTest() override { stop(); }

    void start(Config config = {}) {
        stop();
        config.journal = [this](const std::string& line) { journal_.push_back(line); };
        daraja_.emplace(std::move(config), clock_, random_, *this, io_.get_executor());
    }
    // Kills it and starts anew on the same journal.
    void restart(Config config = {}) {
        const auto lines = journal_;
        start(std::move(config));
        for (const auto& line : lines) daraja_->replay(line);
        daraja_->start();
        log_in();
    }
    void log_in() { bearer_ = "Bearer " + json::parse(token().body)->text_at("access_token"); }
    void begin(Config config = {}) {
        journal_.clear();
        restart(std::move(config));
    }
    void stop() {
        if (!daraja_) return;
        bool stopped = false;
        asio::co_spawn(io_, daraja_->stop(), [&](const std::exception_ptr&) { stopped = true; });
        clock_.advance(1min);
        EXPECT_TRUE(stopped);
        daraja_.reset();
    }

    // Nothing: no answer within this time.
    std::optional<http::Response> ask(http::Request request, Duration patience = 0s) {
        std::optional<http::Response> answer;
        auto shared = std::make_shared<std::optional<http::Response>>();
        asio::co_spawn(io_, serve(daraja_->service(), std::move(request), shared), asio::detached);
        clock_.advance(patience);
        return *shared;
    }
    http::Response token(std::string header = "Basic " +
                                              crypto::base64("sandbox-key:sandbox-secret"),
                         std::string query = "grant_type=client_credentials") {
        http::Request request;
        request.path = "/oauth/v1/generate";
        request.query = std::move(query);
        request.headers.add("Authorization", std::move(header));
        return ask(std::move(request)).value();
    }
    [[nodiscard]] http::Request request(std::string path, std::string body) const {
        http::Request made;
        made.method = http::Method::post;
        made.path = std::move(path);
        made.body = std::move(body);
        made.headers.add("Authorization", bearer_);
        made.headers.add("Content-Type", "application/json; charset=utf-8");
        return made;
    }

    static std::string password() {
        return crypto::base64(std::to_string(Shortcode{}.number) + Shortcode{}.passkey + timestamp);
    }
    // A push as JSON members; `changes` replaces or adds (raw JSON), "" leaves out.
    using Changes = std::vector<std::pair<std::string, std::string>>;
    static std::string push_body(const std::string& phone, std::int64_t shillings,
                                 const Changes& changes = {}) {
        Changes members{{"BusinessShortCode", "174379"},
                        {"Password", '"' + password() + '"'},
                        {"Timestamp", '"' + std::string{timestamp} + '"'},
                        {"TransactionType", "\"CustomerPayBillOnline\""},
                        {"Amount", std::to_string(shillings)},
                        {"PartyA", '"' + phone + '"'},
                        {"PartyB", "\"174379\""},
                        {"PhoneNumber", '"' + phone + '"'},
                        {"CallBackURL", "\"https://shop.example/told/1\""},
                        {"AccountReference", "\"order 1\""},
                        {"TransactionDesc", "\"Payment\""}};
        return body_of(std::move(members), changes);
    }
    static std::string body_of(Changes members, const Changes& changes) {
        for (const auto& [name, value] : changes) {
            bool known = false;
            for (auto& member : members) {
                if (member.first != name) continue;
                member.second = value;
                known = true;
            }
            if (!known) members.emplace_back(name, value);
        }
        std::string out = "{";
        for (const auto& [name, value] : members) {
            if (value.empty()) continue;
            out += (out.size() > 1 ? ",\"" : "\"") + name + "\":" + value;
        }
        return out + "}";
    }
    http::Response send_push(const std::string& body) {
        return ask(request("/mpesa/stkpush/v1/processrequest", body))
            .value_or(http::Response{.status = 0});
    }
    // The CheckoutRequestID; "" and the answer in `refused` when it was not accepted.
    std::string push(const std::string& phone, std::int64_t shillings = 1000) {
        refused = send_push(push_body(phone, shillings));
        if (refused.status != 200) return {};
        const auto body = json::parse(refused.body);
        return body ? body->text_at("CheckoutRequestID") : "";
    }
    // "status errorCode" or ResponseStatus.
    std::string register_pull(const Changes& changes = {}) {
        const auto answer =
            ask(request("/pulltransactions/v1/register",
                        body_of({{"ShortCode", "\"174379\""},
                                 {"RequestType", "\"Pull\""},
                                 {"NominatedNumber", "\"254722000000\""},
                                 {"CallBackURL", "\"https://shop.example/list/1\""}},
                                changes)))
                .value();
        const auto body = json::parse(answer.body);
        return answer.status == 200 ? body->text_at("ResponseStatus") : said(answer);
    }
    http::Response pull(const std::string& from, const std::string& to, int offset = 0) {
        return ask(request("/pulltransactions/v1/query",
                           R"({"ShortCode":"174379","StartDate":")" + from + R"(","EndDate":")" +
                               to + R"(","OffSetValue":")" + std::to_string(offset) + "\"}"))
            .value();
    }
    // What the merchant answers, by URL; else merchant_status and nothing.
    std::map<std::string, std::string> merchant_says;
    http::Response refused;
    // "status errorCode" or "ResultCode".
    std::string query(const std::string& checkout_request_id) {
        const auto answer =
            ask(request("/mpesa/stkpushquery/v1/query",
                        R"({"BusinessShortCode":174379,"Password":")" + password() +
                            R"(","Timestamp":")" + timestamp + R"(","CheckoutRequestID":")" +
                            checkout_request_id + "\"}"))
                .value();
        if (answer.status != 200) return said(answer);
        const auto body = json::parse(answer.body);
        EXPECT_NE(body->find("ResultCode")->string(), nullptr);
        return body->text_at("ResultCode");
    }
    static std::string said(const http::Response& answer) {
        const auto body = json::parse(answer.body);
        if (!body) return std::to_string(answer.status) + " " + answer.content_type;
        return std::to_string(answer.status) + " " + body->text_at("errorCode") + " " +
               body->text_at("errorMessage");
    }
    json::Value admin(http::Method method, std::string path, std::string body = {}) {
        auto made = request(std::move(path), std::move(body));
        made.method = method;
        if (const auto at = made.path.find('?'); at != std::string::npos) {
            made.query = made.path.substr(at + 1);
            made.path.resize(at);
        }
        admin_status = 0;
        const auto answer = ask(std::move(made)).value();
        admin_status = answer.status;
        return json::parse(answer.body).value();
    }
    int admin_status = 0;
    json::Value post(std::string path, std::string body = {}) {
        return admin(http::Method::post, "/simulator/" + path, std::move(body));
    }
    json::Value get(std::string path) { return admin(http::Method::get, "/simulator/" + path); }
    void let_time_pass(Duration by) { clock_.advance(by); }

    [[nodiscard]] std::vector<std::string> codes() const {
        std::vector<std::string> out;
        for (const auto& callback : callbacks_) out.push_back(callback.code());
        return out;
    }
    void expect_balanced(std::size_t payments) {
        EXPECT_EQ(daraja_->ledger().payments().size(), payments);
        EXPECT_TRUE(daraja_->ledger().balanced());
    }

    // What the merchant answers to a callback; 0: nothing, for as long as anybody waits.
    int merchant_status = 200;
    std::vector<Callback> callbacks_;

    asio::io_context io_;
    ManualClock clock_{io_, began};
    SeededRandom random_{1};
    std::optional<Daraja> daraja_;
    std::vector<std::string> journal_;
    std::string bearer_;

  private:
    static asio::awaitable<void> serve(http::Service service, http::Request request,
                                       std::shared_ptr<std::optional<http::Response>> answer) {
        *answer = co_await service(request);
    }
    asio::awaitable<Result<http::ClientResponse, http::ClientError>> send(
        http::ClientRequest sent) override {
        EXPECT_FALSE(sent.guard_address);
        callbacks_.push_back({.at = clock_.now() - began,
                              .url = sent.url,
                              .text = sent.body,
                              .body = json::parse(sent.body).value()});
        if (merchant_status == 0) {
            co_await clock_.sleep_until(clock_.now() + sent.timeout);
            co_return Unexpected<http::ClientError>{http::ClientError{.message = "timeout"}};
        }
        http::ClientResponse answer;
        answer.status = merchant_status;
        if (const auto says = merchant_says.find(sent.url); says != merchant_says.end()) {
            answer.body = says->second;
        }
        co_return answer;
    }
};

}  // namespace lango::simulator
