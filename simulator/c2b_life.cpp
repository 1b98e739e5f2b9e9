// A customer's payment, from the menu to the confirmation (daraja.md 4.2).
#include "base/json_writer.hpp"
#include "simulator/c2b.hpp"
#include "simulator/journal_line.hpp"
#include "simulator/limits.hpp"
#include "simulator/wire_text.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr Duration validation_patience = 8s;
constexpr Duration between_confirmations = 20ms;

enum class Verdict : std::int8_t { yes, no, silence };

Verdict verdict_of(const json::Value& answer) {
    const auto code = answer.text_at("ResultCode");
    if (code.empty()) return Verdict::silence;
    return code == "0" ? Verdict::yes : Verdict::no;
}

}  // namespace

void C2b::pay(C2bOrder order) {
    if (stops(order)) return;
    order.receipt = core_.ids.receipt(core_.clock.now());
    const auto* const to = registration(order.shortcode);
    if (to == nullptr || to->validation_url.empty() || !core_.config.c2b_validation) {
        charge(order);
        return;
    }
    auto asked = body(order, *to, false);
    core_.agenda.ask(
        to->validation_url, std::move(asked), validation_patience,
        [this, order = std::move(order)](const std::string* answer) { validated(order, answer); });
}

// What M-PESA itself says no to. That somebody paid the same amount lately is no reason here.
bool C2b::stops(const C2bOrder& order) {
    const auto now = core_.clock.now();
    const auto code = limit_code(core_.ledger, order.phone, order.amount_minor, now);
    if (code == "0") return false;
    const auto* const organisation = core_.shortcode(std::to_string(order.shortcode));
    inbox_.add(order.phone, now,
               failure_text(code, order.amount_minor, organisation->name,
                            core_.ledger.balance(order.phone)));
    core_.agenda.stir();
    return true;
}

void C2b::validated(C2bOrder order, const std::string* answer) {
    const auto* const to = registration(order.shortcode);
    auto verdict = Verdict::silence;
    if (answer != nullptr) {
        if (const auto said = json::parse(*answer)) {
            verdict = verdict_of(*said);
            order.third_party_id = said->text_at("ThirdPartyTransID");
        }
    }
    if (verdict == Verdict::no || (verdict == Verdict::silence && !to->silence_pays)) {
        refuse(order);
        return;
    }
    // The answer took a while: the money may have gone elsewhere.
    if (!stops(order)) charge(order);
}

void C2b::refuse(const C2bOrder& order) {
    std::string line;
    json::Writer{line}.begin_object().member("c2b_refused", order.receipt).end_object();
    core_.journal(line);
    inbox_.add(
        order.phone, core_.clock.now(),
        refused_text(order.amount_minor, core_.shortcode(std::to_string(order.shortcode))->name,
                     order.reference));
    core_.agenda.stir();
}

void C2b::charge(const C2bOrder& order) {
    const auto now = core_.clock.now();
    Payment payment{.receipt = order.receipt,
                    .shortcode = order.shortcode,
                    .phone = order.phone,
                    .amount_minor = order.amount_minor,
                    .checkout_request_id = {},
                    .account_reference = order.reference,
                    .completed_at = to_micros(now),
                    .till = order.till};
    // First: what a confirmation tells must survive the death of this process.
    core_.journal(payment_line(payment));
    core_.ledger.pay(payment);
    inbox_.add(order.phone, now,
               receipt_text(payment, core_.shortcode(std::to_string(order.shortcode))->name,
                            core_.ledger.balance(order.phone)));
    core_.agenda.stir();
    const auto& scenario =
        chosen_.choose(order.phone, order.amount_minor, c2b_scenario_for_phone(order.phone));
    const auto after = scenario.late ? core_.config.late_by : Duration{};
    for (int i = 0; i < scenario.confirmations; ++i) {
        confirm(order, after + i * between_confirmations);
    }
}

void C2b::confirm_push(const Payment& payment) {
    if (!core_.config.confirm_pushes) return;
    // Beside the callback of the push there is no saying which arrives first (daraja.md 4.5).
    confirm({.shortcode = payment.shortcode,
             .phone = payment.phone,
             .amount_minor = payment.amount_minor,
             .reference = payment.account_reference,
             .receipt = payment.receipt},
            core_.config.confirm_pushes_first ? Duration{} : between_confirmations);
}

void C2b::confirm(const C2bOrder& order, Duration after) {
    const auto* const to = registration(order.shortcode);
    if (to == nullptr) return;
    auto url = to->confirmation_url;
    auto text = body(order, *to, true);
    if (after == Duration{}) {
        core_.agenda.tell(std::move(url), std::move(text));
        return;
    }
    core_.agenda.at(
        core_.clock.now() + after,
        [this, url = std::move(url), text = std::move(text)] { core_.agenda.tell(url, text); });
}

std::string C2b::body(const C2bOrder& order, const Registration& to, bool confirmation) const {
    auto form = to.version == 1 ? PhoneForm::hashed : PhoneForm::masked;
    if (core_.config.c2b_whole_phone) form = PhoneForm::whole;
    // Of the account that customers pay into.
    const auto balance =
        confirmation ? shillings(core_.ledger.organisation(order.shortcode).working_minor) : "";
    return c2b_body({.receipt = order.receipt,
                     .at = core_.clock.now(),
                     .amount_minor = order.amount_minor,
                     .shortcode = order.shortcode,
                     .reference = order.reference,
                     .till = order.till,
                     .balance = balance,
                     .third_party_id = order.third_party_id,
                     .phone = order.phone,
                     .form = form});
}

}  // namespace lango::simulator
