#include <algorithm>
#include <limits>

#include "base/json.hpp"
#include "rates/rates.hpp"

namespace lango::rates {

namespace {

// Services print doubles: what stands after the 15th digit is noise, and would make the conversion
// slower without making it truer.
constexpr int digits_max = 15;

Unexpected<ImportError> refuse(std::string message) {
    return Unexpected<ImportError>{ImportError{std::move(message)}};
}

const json::Value* rates_of(const json::Value& document) {
    for (const auto* name : {"rates", "conversion_rates"}) {
        const auto* rates = document.find(name);
        if (rates != nullptr && rates->object() != nullptr) return rates;
    }
    return &document;
}

Instant time_of(const json::Value& document, Instant now) {
    constexpr std::int64_t year_2100 = 4'102'444'800;
    for (const auto* name : {"timestamp", "time_last_update_unix"}) {
        const auto seconds = Decimal::parse(document.text_at(name));
        if (seconds && seconds->scale() == 0 && seconds->units() > 0 &&
            seconds->units() < year_2100) {
            return Instant{std::chrono::seconds{seconds->units()}};
        }
    }
    return now;
}

// units * 10^exponent as a rate with at most 18 decimals, halves up; nothing when it is too large.
std::optional<Decimal> scaled(std::int64_t units, std::int64_t exponent) {
    if (exponent >= 0) {
        if (units == 0) return Decimal{};
        std::int64_t whole = 0;
        if (exponent > Decimal::scale_max ||
            __builtin_mul_overflow(units, power_of_ten(static_cast<int>(exponent)), &whole)) {
            return std::nullopt;
        }
        return Decimal{whole, 0};
    }
    const auto beyond = -exponent - Decimal::scale_max;
    if (beyond <= 0) return Decimal{units, static_cast<int>(-exponent)};
    if (beyond > Decimal::scale_max) return Decimal{};
    return Decimal{static_cast<std::int64_t>(
                       divide(units, power_of_ten(static_cast<int>(beyond)), Rounding::half_up)),
                   Decimal::scale_max};
}

// "e-05" and the like; what is larger than any exponent that means something counts as that.
std::int64_t exponent_of(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    std::int64_t value = 0;
    for (const char c : text) value = std::min<std::int64_t>(value * 10 + (c - '0'), 1'000'000);
    return negative ? -value : value;
}

// A JSON number of any length, to 15 digits.
std::optional<Decimal> rate_from(std::string_view text) {
    const auto number = json::parse(text);
    if (!number || number->number() == nullptr || text.starts_with('-')) return std::nullopt;
    text = number->number()->text;
    std::int64_t units = 0;
    std::int64_t exponent = 0;
    int kept = 0;
    bool round_up = false;
    bool fraction = false;
    std::size_t i = 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            fraction = true;
            continue;
        }
        const int digit = text[i] - '0';
        if (kept < digits_max) {
            units = units * 10 + digit;
            if (units > 0) ++kept;
            exponent -= fraction ? 1 : 0;
        } else {
            if (kept++ == digits_max) round_up = digit >= 5;
            exponent += fraction ? 0 : 1;
        }
    }
    if (i < text.size()) exponent += exponent_of(text.substr(i + 1));
    return scaled(units + (round_up ? 1 : 0), exponent);
}

}  // namespace

Result<Table, ImportError> parse_table(std::string_view text, std::string source, Instant now) {
    const auto document = json::parse(text);
    if (!document || document->object() == nullptr) {
        return refuse("the rates are no JSON object; expected {\"base\":\"USD\",\"rates\":{...}}");
    }
    for (const auto* name : {"base", "base_code"}) {
        const auto base = document->text_at(name);
        if (!base.empty() && base != "USD") {
            return refuse("the base is " + base + "; rates must be for one US dollar");
        }
    }
    Table table;
    table.source = std::move(source);
    table.as_of = time_of(*document, now);
    table.imported_at = now;
    const auto* rates = rates_of(*document);
    for (std::size_t i = 0; i < codes().size(); ++i) {
        const auto code = codes().at(i);
        const auto* value = rates->find(code);
        if (value == nullptr || value->is_null()) continue;
        const auto* number = value->scalar_text();
        const auto rate = number == nullptr ? std::nullopt : rate_from(*number);
        if (!rate) {
            return refuse("the rate of " + std::string{code} + " is no number that can be kept");
        }
        table.per_usd.at(i) = *rate;
    }
    if (rates->find("USD") == nullptr) table.per_usd.front() = Decimal{1, 0};
    if (!(table.per_usd.front() == Decimal{1, 0})) return refuse("the rate of USD is not 1");
    const auto kes = std::ranges::find(codes(), "KES") - codes().begin();
    if (table.per_usd.at(static_cast<std::size_t>(kes)).is_zero()) {
        return refuse("there is no rate for KES, from which everything is converted");
    }
    return table;
}

}  // namespace lango::rates
