#include "base/decimal.hpp"

#include <array>
#include <charconv>
#include <limits>

#include "base/result.hpp"

namespace lango {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads digits and keeps the number they make. Zeros are counted and only multiplied in when a
// later digit needs them, so that any number of them fits.
class Significand {
  public:
    bool add(char digit) {
        if (digit == '0') {
            zeros_ += units_ != 0;
            return true;
        }
        if (!scale_up(zeros_ + 1)) return false;
        zeros_ = 0;
        return !__builtin_add_overflow(units_, static_cast<unsigned>(digit - '0'), &units_);
    }
    bool scale_up(std::int64_t exponent) {
        if (units_ == 0) return true;
        if (exponent > Decimal::scale_max) return false;
        const auto factor = static_cast<std::uint64_t>(power_of_ten(static_cast<int>(exponent)));
        return !__builtin_mul_overflow(units_, factor, &units_);
    }
    [[nodiscard]] std::uint64_t units() const { return units_; }
    [[nodiscard]] std::int64_t zeros() const { return zeros_; }

  private:
    std::uint64_t units_ = 0;
    std::int64_t zeros_ = 0;
};

std::optional<std::int64_t> with_sign(std::uint64_t units, bool negative) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (units > largest + (negative ? 1 : 0)) return std::nullopt;
    return static_cast<std::int64_t>(negative ? 0 - units : units);
}

// "e-12" at the front of text; nothing if that is no exponent.
std::optional<std::int64_t> read_exponent(std::string_view text) {
    text.remove_prefix(1);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    // Past this no text that fits in memory could bring the number back into range.
    constexpr std::int64_t enough = 1'000'000'000'000'000;
    std::int64_t value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return std::nullopt;
        if (value < enough) value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

}  // namespace

Decimal::Decimal(std::int64_t units, int scale) : units_(units), scale_(scale) {
    LANGO_ASSERT(scale >= 0 && scale <= scale_max);
    while (scale_ > 0 && units_ % 10 == 0) {
        units_ /= 10;
        --scale_;
    }
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    std::size_t at = 0;
    const auto here = [&] { return at < text.size() ? text[at] : '\0'; };
    Significand number;
    const auto read_digits = [&] {
        const std::size_t start = at;
        bool fits = true;
        for (; is_digit(here()); ++at) fits = fits && number.add(text[at]);
        return fits && at > start;
    };

    const bool negative = here() == '-';
    if (negative) ++at;
    const bool leading_zero = here() == '0';
    const std::size_t whole_start = at;
    if (!read_digits()) return std::nullopt;
    if (leading_zero && at - whole_start > 1) return std::nullopt;
    std::int64_t exponent = 0;
    if (here() == '.') {
        const std::size_t fraction_start = ++at;
        if (!read_digits()) return std::nullopt;
        exponent -= static_cast<std::int64_t>(at - fraction_start);
    }
    if (here() == 'e' || here() == 'E') {
        const auto written = read_exponent(text.substr(at));
        if (!written) return std::nullopt;
        exponent += *written;
        at = text.size();
    }
    if (at != text.size()) return std::nullopt;
    if (number.units() == 0) return Decimal();

    exponent += number.zeros();
    if (exponent < -scale_max) return std::nullopt;
    if (exponent > 0 && !number.scale_up(exponent)) return std::nullopt;
    const auto units = with_sign(number.units(), negative);
    if (!units) return std::nullopt;
    return Decimal(*units, exponent < 0 ? static_cast<int>(-exponent) : 0);
}

std::string Decimal::text() const {
    std::array<char, 24> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), units_);
    std::string_view digits(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    const auto scale = static_cast<std::size_t>(scale_);
    if (scale == 0) return std::string(digits);

    std::string out;
    out.reserve(scale + 4);
    if (units_ < 0) {
        out += '-';
        digits.remove_prefix(1);
    }
    if (digits.size() <= scale) {
        out += "0.";
        out.append(scale - digits.size(), '0');
        out += digits;
    } else {
        out += digits.substr(0, digits.size() - scale);
        out += '.';
        out += digits.substr(digits.size() - scale);
    }
    return out;
}

bool operator==(const Decimal& a, const Decimal& b) {
    return a.units_ == b.units_ && a.scale_ == b.scale_;
}

__int128 divide(__int128 numerator, __int128 denominator, Rounding rounding) {
    LANGO_ASSERT(denominator > 0);
    const __int128 quotient = numerator / denominator;
    const __int128 rest = numerator % denominator;
    if (rest == 0) return quotient;
    const __int128 size = rest < 0 ? -rest : rest;
    // Not size * 2, which may not fit.
    const bool away =
        rounding == Rounding::up || (rounding == Rounding::half_up && size >= denominator - size);
    if (!away) return quotient;
    return numerator < 0 ? quotient - 1 : quotient + 1;
}

std::int64_t power_of_ten(int exponent) {
    LANGO_ASSERT(exponent >= 0 && exponent <= Decimal::scale_max);
    static constexpr auto powers = [] {
        std::array<std::int64_t, Decimal::scale_max + 1> all{};
        std::int64_t power = 1;
        for (auto& entry : all) {
            entry = power;
            if (power < 1'000'000'000'000'000'000) power *= 10;
        }
        return all;
    }();
    return powers[static_cast<std::size_t>(exponent)];
}

}  // namespace lango
