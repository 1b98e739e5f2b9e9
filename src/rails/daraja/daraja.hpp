// Safaricom's Daraja behind the Rail interface: STK push, STK query, and the list of payments
// (Pull) that finds receipts nobody told us. Runs on one executor (one thread).
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/secret.hpp"
#include "base/token_bucket.hpp"
#include "rails/daraja/app.hpp"
#include "rails/daraja/breaker.hpp"
#include "rails/rail.hpp"

namespace lango::rails::daraja {

inline constexpr std::string_view production_url = "https://api.safaricom.co.ke";
inline constexpr std::string_view sandbox_url = "https://sandbox.safaricom.co.ke";
// How many STK queries a minute are asked there at most: the sandbox takes 5 (daraja.md 3.7), what
// production takes is published nowhere.
[[nodiscard]] constexpr int queries_per_minute(std::string_view base_url) {
    return base_url == sandbox_url ? 5 : 600;
}

struct Options {
    std::string base_url;      // "https://api.safaricom.co.ke", no slash at the end
    std::string callback_url;  // where Safaricom reaches us: "https://pay.example.co.ke", no slash
    std::int64_t shortcode = 0;
    // Empty: PayBill, PartyB is the shortcode; else Buy Goods to this till. A till's payments carry
    // no reference of ours: the list of payments cannot be matched, and what no callback and no
    // query settles waits for a person.
    std::string till;
    Secret consumer_key;
    Secret consumer_secret;
    Secret passkey;
    std::string description = "Payment";  // TransactionDesc, 1-13 characters; always sent
    int pushes_per_second = 50;
    int queries_per_minute = 0;  // 0: as many as are due
    Duration timeout = std::chrono::seconds{20};
    bool guard_address = true;
};

// What a person must mend before any push can go out, a line each; empty when all is well. Rules of
// daraja.md 3.1 and the forbidden words of 4.1.
[[nodiscard]] std::string problem_of(const Options& options);

class Daraja final : public Rail {
  public:
    // noticed(operation, outcome, took): for metrics; may be empty.
    Daraja(Options options, http::Client& client, Clock& clock, const crypto::MasterKey& master,
           std::function<void(std::string_view, std::string_view, Duration)> noticed = {});

    [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
    [[nodiscard]] std::int64_t shortcode() const override { return options_.shortcode; }
    // prompt_reference.hpp
    [[nodiscard]] std::string reference(DepositId deposit) const override;
    [[nodiscard]] Allowance allowance(Instant now) override;
    void spend(std::size_t pushes) override;
    [[nodiscard]] Allowance question_allowance(Instant now) override;
    void spend_questions(std::size_t questions) override;
    [[nodiscard]] std::optional<Duration> down_for(Instant now) const override;
    [[nodiscard]] asio::awaitable<PushAnswer> push(Push push) override;
    [[nodiscard]] asio::awaitable<std::optional<Observation>> query(
        std::string checkout_request_id) override;
    [[nodiscard]] asio::awaitable<std::optional<std::vector<PulledPayment>>> pull(
        Instant from, Instant to) override;
    void stop_reading() override { stop_reading_ = true; }
    // Called each time the breaker opens, with what the last push failed of: for logs.
    void when_down(std::function<void(std::string_view code, std::string_view message)> tell) {
        down_ = std::move(tell);
    }

    // What the rail said of our key or secret when it was last asked for a token and refused them:
    // only a person can mend that.
    [[nodiscard]] std::optional<std::string> refused_credentials() const {
        if (!app_.token().refuses_us()) return std::nullopt;
        return "Safaricom refuses rail.consumer_key or rail.consumer_secret: " +
               app_.token().failure();
    }
    [[nodiscard]] CircuitBreaker::State breaker(Instant now) const { return breaker_.state(now); }
    // For what else is done with this app's credentials.
    [[nodiscard]] App& app() { return app_; }

  private:
    void notice(std::string_view operation, std::string_view outcome, Instant began);
    void count(const PushAnswer& answer, bool trouble, bool alarm);
    [[nodiscard]] std::string push_body(const Push& push, Instant now) const;
    [[nodiscard]] std::string password(const std::string& timestamp) const;

    Options options_;
    Clock& clock_;
    const crypto::MasterKey& master_;
    std::function<void(std::string_view, std::string_view, Duration)> noticed_;
    std::function<void(std::string_view, std::string_view)> down_;
    Capabilities capabilities_;
    App app_;
    TokenBucket bucket_;
    TokenBucket questions_;
    CircuitBreaker breaker_;
    Instant no_pull_until_{};  // the app has not got that product
    bool stop_reading_ = false;
};

// An outcome of "pull": the app has not got that product on the portal. Not asked again for an
// hour.
inline constexpr std::string_view not_enabled = "not enabled";

}  // namespace lango::rails::daraja
