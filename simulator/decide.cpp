// What becomes of a prompt, and the money with it.
#include "simulator/daraja.hpp"

namespace lango::simulator {

namespace {

// daraja.md 8.1, in cents.
constexpr std::int64_t amount_min_minor = 1'00;
constexpr std::int64_t amount_max_minor = 250'000'00;
constexpr std::int64_t daily_limit_minor = 500'000'00;

}  // namespace

// The rules that hold whatever the scenario says.
std::string Daraja::natural_code(const Prompt& prompt) const {
    const auto now = clock_.now();
    if (prompt.amount_minor < amount_min_minor) return "2";
    if (prompt.amount_minor > amount_max_minor) return "3";
    if (ledger_.paid_lately(prompt.phone, prompt.amount_minor, now)) return "17";
    if (ledger_.spent_on_day_of(now, prompt.phone) + prompt.amount_minor > daily_limit_minor) {
        return "4";
    }
    if (ledger_.balance(prompt.phone) < prompt.amount_minor) return "1";
    return "0";
}

void Daraja::decide(Prompt& prompt, std::string code) {
    if (code == "0") code = natural_code(prompt);
    if (code != "0") {
        close(prompt, std::move(code));
        return;
    }
    if (prompt.scenario->first_code.empty()) {
        charge(prompt);
        return;
    }
    prompt.open = false;
    open_by_phone_.erase(prompt.phone);
    prompt.code = prompt.scenario->first_code;
    prompt.ended = clock_.now();
    schedule_charge(prompt);
}

void Daraja::charge(Prompt& prompt) {
    const auto now = clock_.now();
    Payment payment{.receipt = ids_.receipt(now),
                    .shortcode = prompt.shortcode,
                    .phone = prompt.phone,
                    .amount_minor = prompt.amount_minor,
                    .checkout_request_id = prompt.checkout_request_id,
                    .account_reference = prompt.reference,
                    .completed_at = to_micros(now)};
    prompt.receipt = payment.receipt;
    // First: what a callback tells must survive the death of this process.
    journal_payment(payment);
    ledger_.pay(std::move(payment));
    close(prompt, "0");
}

void Daraja::close(Prompt& prompt, std::string code) {
    // A prompt that was told as failed is not the one that is open on the phone now.
    if (prompt.open) open_by_phone_.erase(prompt.phone);
    prompt.open = false;
    prompt.code = std::move(code);
    prompt.ended = clock_.now();
    prompt.told = false;
    if (prompt.code != "0") journal_failure(prompt);
    schedule_callbacks(prompt);
}

}  // namespace lango::simulator
