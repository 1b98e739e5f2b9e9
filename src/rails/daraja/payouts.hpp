// Money out through Daraja: B2C payouts, reversals, and the questions about them (daraja.md 5, 6).
// It uses the app of the connector for payments. Runs on one executor (one thread).
#pragma once
#include <functional>
#include <string>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/secret.hpp"
#include "base/token_bucket.hpp"
#include "rails/daraja/app.hpp"
#include "rails/daraja/breaker.hpp"
#include "rails/daraja/credential.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/payout.hpp"

namespace lango::rails::daraja {

struct PayoutOptions {
    std::string callback_url;  // where Safaricom reaches us: "https://pay.example.co.ke", no slash
    std::int64_t shortcode = 0;               // B2C
    std::string initiator;                    // the API user's name
    Secret password;                          // and his password
    Certificate certificate;                  // that it is encrypted for
    std::string command = "BusinessPayment";  // CommandID
    // Version 3, where our OriginatorConversationID makes a payout idempotent; else version 1,
    // where nothing does: a payout whose reply was lost is then never sent again.
    bool idempotent = true;
    // What transaction status calls the id that a payout went out under: "OriginalConversationID"
    // in the document of version 3, "OriginatorConversationID" in the one before it.
    std::string status_field = "OriginalConversationID";
    int payouts_per_second = 20;
    // How long a submission is waited for: longer than other calls, because one that was given up
    // may have got through and must be asked about.
    Duration pay_timeout = std::chrono::seconds{60};
};

// What a person must mend before a payout can go out, a line each; empty when all is well.
[[nodiscard]] std::string problem_of(const PayoutOptions& options);

class Payouts final : public PayoutRail {
  public:
    // options: without a problem. noticed(operation, outcome, took): for metrics; may be empty.
    Payouts(PayoutOptions options, App& app, Clock& clock, const crypto::MasterKey& master,
            std::function<void(std::string_view, std::string_view, Duration)> noticed = {});

    [[nodiscard]] PayoutRoute route() const override {
        return {.shortcode = options_.shortcode, .knows_repeats = options_.idempotent};
    }
    [[nodiscard]] std::string fault_of(const Payout& payout) const override;
    [[nodiscard]] Allowance payout_allowance(Instant now) override;
    void spend_payouts(std::size_t payouts) override;
    [[nodiscard]] asio::awaitable<PayoutAnswer> pay(Payout payout) override;
    [[nodiscard]] asio::awaitable<bool> ask(PayoutQuestion question) override;
    [[nodiscard]] asio::awaitable<bool> ask_float() override;

    [[nodiscard]] CircuitBreaker::State breaker(Instant now) const { return breaker_.state(now); }

  private:
    void notice(std::string_view operation, std::string_view outcome, Instant began);
    [[nodiscard]] std::string pay_body(const Payout& payout) const;
    [[nodiscard]] std::string reversal_body(const Payout& payout) const;
    [[nodiscard]] std::string status_body(const PayoutQuestion& question) const;
    [[nodiscard]] std::string reversal_status_body(const PayoutQuestion& question) const;
    [[nodiscard]] std::string float_body() const;
    // Whether the rail took a request whose answer comes later.
    asio::awaitable<bool> put_question(std::string_view operation, std::string path,
                                       std::string body);

    PayoutOptions options_;
    App& app_;
    Clock& clock_;
    const crypto::MasterKey& master_;
    std::function<void(std::string_view, std::string_view, Duration)> noticed_;
    std::string credential_;  // SecurityCredential: made once, good for every request
    TokenBucket bucket_;
    CircuitBreaker breaker_;
};

}  // namespace lango::rails::daraja
