// What happens to a prompt, and when.
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr Duration charged_after = 20s;     // of a prompt that was told as cancelled
constexpr Duration failure_delay = 1500ms;  // where no payer is simulated

}  // namespace

Duration Daraja::payer_delay() const { return config_.auto_pay.value_or(failure_delay); }

void Daraja::await_payer(Prompt& prompt, Instant from) {
    // Failures need nobody who enters a PIN.
    const bool by_itself = prompt.scenario->code != "0" || prompt.scenario->early;
    if (prompt.scenario->answers && (config_.auto_pay || by_itself)) {
        agenda_.at(from + payer_delay(), [this, &prompt] {
            if (!prompt.open || prompt.ignored) return;
            if (prompt.scenario->code == "0" && in_hand(prompt.phone)) return;
            decide(prompt, std::string{prompt.scenario->code});
        });
    }
    agenda_.at(from + prompt_life, [this, &prompt] {
        if (prompt.open) close(prompt, "1037");
    });
}

void Daraja::schedule_callbacks(Prompt& prompt) {
    const auto& scenario = *prompt.scenario;
    const auto at = clock_.now() + (scenario.late ? config_.late_by : Duration{});
    for (int i = 0; i < scenario.callbacks; ++i) {
        schedule_callback(at + i * Duration{20ms}, prompt, prompt.code);
    }
    if (!scenario.later_code.empty() && prompt.code == "0") {
        schedule_callback(at + 1s, prompt, std::string{scenario.later_code});
    }
}

void Daraja::schedule_callback(Instant at, Prompt& prompt, std::string code) {
    agenda_.at(at, [this, &prompt, code = std::move(code)] {
        prompt.told = prompt.told || code == prompt.code;
        agenda_.tell(prompt.callback_url,
                     callback_body(prompt, code, config_.masked_phone,
                                   config_.shuffled_items ? &random_ : nullptr));
    });
}

void Daraja::schedule_charge(Prompt& prompt) {
    const auto now = clock_.now();
    schedule_callback(now, prompt, prompt.code);
    agenda_.at(now + charged_after, [this, &prompt] {
        // It may have been spent in the meantime; then the failure that was told is true.
        if (natural_code(prompt) == "0")
            charge(prompt);
        else
            journal_failure(prompt);
    });
}

}  // namespace lango::simulator
