#include "rails/daraja/float_result.hpp"

#include "rails/daraja/payout_codes.hpp"
#include "rails/daraja/result.hpp"

namespace lango::rails::daraja {

namespace {

// Takes what stands before the separator off the text.
std::string_view take(std::string_view& text, char separator) {
    const auto end = text.find(separator);
    const auto taken = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return taken;
}

std::optional<Money> money(std::string_view text) {
    const auto number = Decimal::parse(text);
    return number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
}

// name|currency|current|available|reserved|uncleared
void read_account(std::string_view text, FloatReading& reading, bool& utility_seen) {
    const auto name = take(text, '|');
    if (take(text, '|') != "KES") return;
    const auto current = money(take(text, '|'));
    const auto available = money(take(text, '|'));
    const auto amount = available ? available : current;
    if (!amount) return;
    if (name.starts_with("Utility")) {
        reading.utility = *amount;
        utility_seen = true;
    } else if (name.starts_with("Working") || name.starts_with("MMF")) {
        reading.working = *amount;
    } else if (name.starts_with("Charges")) {
        reading.charges = *amount;
    }
}

}  // namespace

std::optional<FloatReading> read_accounts(std::string_view text) {
    FloatReading reading;
    bool utility_seen = false;
    while (!text.empty()) read_account(take(text, '&'), reading, utility_seen);
    return utility_seen ? std::optional{reading} : std::nullopt;
}

std::optional<FloatSeen> read_float_result(std::string_view body) {
    const auto result = read_result(body);
    if (!result) return std::nullopt;
    const auto is = classify_question(result->code);
    FloatSeen seen{.reading = {},
                   .code = result->code,
                   .description = result->description,
                   .halts = is.halts,
                   .ours_to_mend = is.ours_to_mend};
    if (is.answered) seen.reading = read_accounts(result->parameter("AccountBalance"));
    return seen;
}

}  // namespace lango::rails::daraja
