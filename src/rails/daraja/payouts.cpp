#include "rails/daraja/payouts.hpp"

#include <algorithm>
#include <array>

#include "base/result.hpp"

namespace lango::rails::daraja {

namespace {

// Unregistered recipients are no longer paid, whatever the command (daraja.md 5.1).
constexpr std::array<std::string_view, 4> commands{"SalaryPayment", "BusinessPayment",
                                                   "PromotionPayment", "BusinessPayToPochi"};

}  // namespace

std::string problem_of(const PayoutOptions& options) {
    std::string problems;
    const auto add = [&](const std::string& problem) {
        problems += (problems.empty() ? "" : "\n") + problem;
    };
    if (options.shortcode < 10'000 || options.shortcode > 9'999'999) {
        add("payouts.shortcode must have 5 to 7 digits");
    }
    if (options.initiator.empty()) add("payouts.initiator must be set");
    if (options.password.empty()) add("payouts.initiator_password must be set");
    if (std::ranges::find(commands, options.command) == commands.end()) {
        add("payouts.command must be SalaryPayment, BusinessPayment, PromotionPayment or "
            "BusinessPayToPochi");
    }
    if (options.certificate.der.empty()) {
        add("payouts.certificate must be set");
    } else if (!options.password.empty()) {
        const auto made = security_credential(options.certificate, options.password);
        if (!made) add("payouts.initiator_password: " + made.error());
    }
    return problems;
}

Payouts::Payouts(PayoutOptions options, App& app, Clock& clock, const crypto::MasterKey& master,
                 std::function<void(std::string_view, std::string_view, Duration)> noticed)
    : options_(std::move(options)),
      app_(app),
      clock_(clock),
      master_(master),
      noticed_(std::move(noticed)),
      bucket_(options_.payouts_per_second) {
    auto credential = security_credential(options_.certificate, options_.password);
    LANGO_ASSERT(credential);
    credential_ = std::move(*credential);
}

std::string Payouts::fault_of(const Payout& payout) const {
    if (payout.reverses) return {};
    if (!payout.amount.is_whole()) return "M-PESA moves whole shillings only";
    if (payout.amount < Money::kes(10) || payout.amount > Money::kes(250'000)) {
        return "M-PESA pays out 10 to 250,000 KES";
    }
    return {};
}

Allowance Payouts::payout_allowance(Instant now) {
    if (const auto retry_at = breaker_.retry_at(now)) return {.pushes = 0, .retry_at = *retry_at};
    const auto payouts = breaker_.allows(bucket_.available(now), now);
    return {.pushes = payouts, .retry_at = bucket_.next_at(now)};
}

void Payouts::spend_payouts(std::size_t payouts) {
    bucket_.spend(payouts);
    if (payouts > 0) breaker_.sent(clock_.now());
}

void Payouts::notice(std::string_view operation, std::string_view outcome, Instant began) {
    if (noticed_) noticed_(operation, outcome, clock_.now() - began);
}

}  // namespace lango::rails::daraja
