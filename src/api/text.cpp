#include "api/text.hpp"

#include "base/trim.hpp"

namespace lango::api {

namespace {

constexpr std::size_t whole_max = 12;    // digits before the point
constexpr std::size_t fraction_max = 2;  // behind it

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_missing(const json::Value* value) {
    return value == nullptr || value->is_null() ||
           (value->string() != nullptr && trimmed(*value->string()).empty());
}

std::optional<Decimal> text_amount(std::string_view text) {
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    if (whole.empty() || whole.size() > whole_max || !are_digits(whole)) return std::nullopt;
    if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
    if (point != std::string_view::npos) {
        const auto fraction = text.substr(point + 1);
        if (fraction.empty() || fraction.size() > fraction_max || !are_digits(fraction)) {
            return std::nullopt;
        }
    }
    return Decimal::parse(text);
}

SentAmount sent_amount(const json::Value& value) {
    if (const auto* number = value.number()) {
        return {.is_number = true, .number = Decimal::parse(number->text)};
    }
    const auto number = value.string() == nullptr ? std::nullopt : text_amount(*value.string());
    return {.is_number = number.has_value(), .number = number};
}

}  // namespace lango::api
