// What becomes of a prompt, and the money with it.
#include "simulator/daraja.hpp"
#include "simulator/journal_line.hpp"
#include "simulator/limits.hpp"

namespace lango::simulator {

// The rules that hold whatever the scenario says.
std::string Daraja::natural_code(const Prompt& prompt) const {
    const auto now = clock_.now();
    auto code = limit_code(ledger_, prompt.phone, prompt.amount_minor, now);
    if (code == "2" || code == "3") return code;
    if (ledger_.paid_lately(prompt.phone, prompt.amount_minor, now)) return "17";
    return code;
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
    agenda_.stir();
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
    core_.journal(payment_line(payment));
    ledger_.pay(payment);
    inbox_.add(prompt.phone, now,
               receipt_text(payment, name_of(payment.shortcode), ledger_.balance(prompt.phone)));
    c2b_.confirm_push(payment);
    close(prompt, "0");
}

void Daraja::close(Prompt& prompt, std::string code) {
    // A prompt that was told as failed is not the one that is open on the phone now.
    if (prompt.open) open_by_phone_.erase(prompt.phone);
    prompt.open = false;
    prompt.code = std::move(code);
    prompt.ended = clock_.now();
    prompt.told = false;
    if (prompt.code != "0") {
        journal_failure(prompt);
        auto sms = failure_text(prompt.code, prompt.amount_minor, name_of(prompt.shortcode),
                                ledger_.balance(prompt.phone));
        if (!sms.empty()) inbox_.add(prompt.phone, prompt.ended, std::move(sms));
    }
    agenda_.stir();
    schedule_callbacks(prompt);
}

}  // namespace lango::simulator
