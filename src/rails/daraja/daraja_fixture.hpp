// For tests: the connector on a virtual clock, and a Safaricom that answers as it is told.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/manual_clock.hpp"
#include "rails/daraja/daraja.hpp"

namespace lango::rails::daraja::test {

using namespace std::chrono_literals;

// 23 November 2026, 23:30:05 UTC: in Nairobi it is the 24th.
inline constexpr Instant began =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 23h + 30min + 5s};
inline constexpr const char* html = "<html><body>Access Denied</body></html>";
inline constexpr const char* soap =
    "<?xml version=\"1.0\"?><soapenv:Envelope><soapenv:Body><soapenv:Fault>"
    "<faultcode>500.001.1001</faultcode></soapenv:Fault></soapenv:Body></soapenv:Envelope>";
inline constexpr const char* spike_arrest =
    R"({"fault":{"faultstring":"Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, maxBurstMessageCount=1.0}","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}})";

struct Reply {
    int status = 200;
    std::string body;
    std::optional<http::Reached> unreached = std::nullopt;  // set: no answer at all
    Duration takes{};
};
inline Reply envelope(int status, const std::string& code, const std::string& message) {
    return {.status = status,
            .body = R"({"requestId":"1c5b-4ba8-815c-ac45c57a3db01495926","errorCode":")" + code +
                    R"(","errorMessage":")" + message + R"("})"};
}
inline Reply accepted() {
    return {
        .body =
            R"({"MerchantRequestID":"2654-4b64-97ff-b827b542881d3130","CheckoutRequestID":"ws_CO_1007202409152617172396192","ResponseCode":"0","ResponseDescription":"Success. Request accepted for processing","CustomerMessage":"Success. Request accepted for processing"})"};
}
inline Reply no_answer(http::Reached reached) { return {.body = {}, .unreached = reached}; }

class Safaricom final : public http::Client {
  public:
    explicit Safaricom(Clock& clock) : clock_(clock) {}

    // How it answers the nth (from 1) request for a token, and every other request.
    std::function<Reply(std::size_t)> token = [](std::size_t nth) {
        return Reply{.body = R"({"access_token":"token-)" + std::to_string(nth) +
                             R"(","expires_in":"3599"})"};
    };
    std::function<Reply(const http::ClientRequest&)> says = [](const http::ClientRequest&) {
        return accepted();
    };
    std::vector<http::ClientRequest> token_requests;
    std::vector<http::ClientRequest> requests;

    asio::awaitable<Result<http::ClientResponse, http::ClientError>> send(
        http::ClientRequest request) override {
        Reply reply;
        if (request.url.find("/oauth/") != std::string::npos) {
            token_requests.push_back(request);
            reply = token(token_requests.size());
        } else {
            requests.push_back(request);
            reply = says(request);
        }
        if (reply.takes > Duration::zero()) {
            co_await clock_.sleep_until(clock_.now() + reply.takes);
        }
        if (reply.unreached) {
            co_return Unexpected<http::ClientError>{
                http::ClientError{.reached = *reply.unreached, .message = "timeout"}};
        }
        co_return http::ClientResponse{
            .status = reply.status, .headers = {}, .body = std::move(reply.body)};
    }

    // Answers one after the other; the last one stays.
    void says_in_turn(std::vector<Reply> replies) {
        says = [replies = std::move(replies),
                at = std::size_t{0}](const http::ClientRequest&) mutable {
            const auto& reply = replies.at(at);
            if (at + 1 < replies.size()) ++at;
            return reply;
        };
    }
    [[nodiscard]] json::Value body(std::size_t nth = 0) const {
        return *json::parse(requests.at(nth).body);
    }

  private:
    Clock& clock_;
};

inline std::string header(const http::ClientRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.headers) {
        if (key == name) return value;
    }
    return {};
}

class Connector : public testing::Test {
  protected:
    Connector() { start(); }

    static Options options() {
        return {
            .base_url = "https://rail.example",
            .callback_url = "https://pay.example.co.ke",
            .shortcode = 174379,
            .till = {},
            .consumer_key = Secret{"key"},
            .consumer_secret = Secret{"secret"},
            .passkey = Secret{"bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"}};
    }
    void start(Options with = options()) {
        rail_.emplace(std::move(with), safaricom_, clock_, master_,
                      [this](std::string_view operation, std::string_view outcome, Duration) {
                          noticed_.push_back(std::string{operation} + " " + std::string{outcome});
                      });
    }
    PushAnswer push(Money amount = Money::kes(1000)) {
        return wait_for(rail_->push(
            {.deposit = deposit_, .phone = *Msisdn::parse("254712344321"), .amount = amount}));
    }
    PushAnswer push_answered(Reply reply) {
        safaricom_.says_in_turn({std::move(reply)});
        return push();
    }
    CircuitBreaker::State breaker() { return rail_->breaker(clock_.now()); }

    // Begins work; its outcome appears in the slot.
    template <class T>
    void begin(asio::awaitable<T> work, std::optional<T>& outcome) {
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& error, T value) {
            if (error) std::rethrow_exception(error);
            outcome.emplace(std::move(value));
        });
    }
    template <class T>
    T wait_for(asio::awaitable<T> work) {
        std::optional<T> outcome;
        begin(std::move(work), outcome);
        clock_.settle();
        for (int moves = 0; !outcome && moves < 1000; ++moves) {
            clock_.advance_to(clock_.next_or(clock_.now()));
        }
        if (!outcome) throw std::runtime_error{"it hangs"};
        return std::move(*outcome);
    }

    asio::io_context context_{1};
    ManualClock clock_{context_, began};
    Safaricom safaricom_{clock_};
    crypto::MasterKey master_{{}};
    DepositId deposit_{0x0123456789abcdef};
    std::vector<std::string> noticed_;
    std::optional<Daraja> rail_;
};

}  // namespace lango::rails::daraja::test
