#include "base/money.hpp"

#include <algorithm>

#include "base/result.hpp"

namespace lango {

std::optional<Currency> Currency::parse(std::string_view code) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() != 3 || !std::ranges::all_of(code, is_upper)) return std::nullopt;
    return Currency{{code[0], code[1], code[2]}};
}

Money::Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {
    LANGO_REQUIRE(minor >= -limit && minor <= limit);
}

Money Money::kes(std::int64_t shillings) {
    LANGO_REQUIRE(shillings >= -limit / 100 && shillings <= limit / 100);
    return {shillings * 100, Currency::kes()};
}

std::optional<Money> Money::from_decimal(const Decimal& amount, Currency currency) {
    if (amount.scale() > 2) return std::nullopt;
    const __int128 minor = static_cast<__int128>(amount.units()) * power_of_ten(2 - amount.scale());
    if (minor < -limit || minor > limit) return std::nullopt;
    return Money(static_cast<std::int64_t>(minor), currency);
}

std::int64_t Money::whole() const {
    LANGO_REQUIRE(is_whole());
    return minor_ / 100;
}

std::string Money::text() const { return Decimal(minor_, 2).text(); }

// Two amounts within the limit cannot overflow; the constructor checks where the sum ends up.
Money operator+(Money a, Money b) {
    LANGO_REQUIRE(a.currency_ == b.currency_);
    return {a.minor_ + b.minor_, a.currency_};
}

Money operator-(Money a, Money b) {
    LANGO_REQUIRE(a.currency_ == b.currency_);
    return {a.minor_ - b.minor_, a.currency_};
}

Money operator-(Money a) { return {-a.minor_, a.currency_}; }

std::strong_ordering operator<=>(Money a, Money b) {
    LANGO_REQUIRE(a.currency_ == b.currency_);
    return a.minor_ <=> b.minor_;
}

}  // namespace lango
