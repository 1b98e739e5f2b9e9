#include "rails/daraja/amount.hpp"

#include <algorithm>
#include <string>

#include "base/decimal.hpp"

namespace lango::rails::daraja {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "1,234,567.89" without its commas; nothing when they do not stand where groups end.
std::optional<std::string> without_groups(std::string_view text) {
    constexpr std::size_t group = 3;
    std::string out;
    const auto whole = text.substr(0, text.find('.'));
    auto rest = whole;
    for (bool first = true; !rest.empty() || first; first = false) {
        const auto digits = rest.substr(0, rest.find(','));
        const bool fits =
            first ? !digits.empty() && digits.size() <= group : digits.size() == group;
        if (!fits || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
        out += digits;
        if (digits.size() == rest.size()) break;
        rest.remove_prefix(digits.size() + 1);
        if (rest.empty()) return std::nullopt;
    }
    return out.append(text.substr(whole.size()));
}

}  // namespace

std::optional<Money> read_amount(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return std::nullopt;
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    std::string plain{text};
    if (text.find(',') != std::string_view::npos) {
        auto ungrouped = without_groups(text);
        if (!ungrouped) return std::nullopt;
        plain = *std::move(ungrouped);
    }
    const auto number = Decimal::parse(plain);
    const auto amount = number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
    return amount && *amount > Money::kes(shillings_max) ? std::nullopt : amount;
}

std::optional<Money> read_moved(std::string_view text) {
    const auto amount = read_amount(text);
    return amount && *amount < Money::zero() ? std::nullopt : amount;
}

}  // namespace lango::rails::daraja
