#include <algorithm>
#include <charconv>
#include <limits>

#include "base/result.hpp"
#include "rates/rates.hpp"

namespace lango::rates {

namespace {

__extension__ using Wide = unsigned __int128;

// merchant-api 4.5: crypto 8 decimals, INR none, everything else 2.
int decimals_of(std::string_view code) {
    static constexpr std::array<std::string_view, 15> crypto{
        "BTC", "ETH", "LTC", "DOGE",  "DASH", "BCH",       "ZEC",   "ETC",
        "XRP", "TRX", "XLM", "WAVES", "USDT", "USDTTRC20", "USDT20"};
    if (code == "INR") return 0;
    return std::ranges::find(crypto, code) == crypto.end() ? 2 : 8;
}

struct Column {
    std::string key;  // what stands before the number: {"USD": then ,"INR": and so on
    int decimals = 2;
};

const std::array<Column, 184>& columns() {
    static const auto list = [] {
        std::array<Column, 184> made{};
        for (std::size_t i = 0; i < made.size(); ++i) {
            const auto code = codes().at(i);
            made.at(i).key = std::string{i == 0 ? '{' : ','} + '"' + std::string{code} + "\":";
            made.at(i).decimals = decimals_of(code);
        }
        return made;
    }();
    return list;
}

std::size_t column_of(std::string_view code) {
    const auto at = std::ranges::find(codes(), code);
    LANGO_REQUIRE(at != codes().end());
    return static_cast<std::size_t>(at - codes().begin());
}

// units * 10^-decimals in shortest form.
void append_scaled(std::string& out, std::uint64_t units, int decimals) {
    while (decimals > 0 && units % 10 == 0) {
        units /= 10;
        --decimals;
    }
    std::array<char, 20> buffer{};
    const auto* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), units).ptr;
    const std::string_view digits{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
    const auto fraction = static_cast<std::size_t>(decimals);
    if (fraction == 0) {
        out += digits;
    } else if (digits.size() <= fraction) {
        out += "0.";
        out.append(fraction - digits.size(), '0');
        out += digits;
    } else {
        out += digits.substr(0, digits.size() - fraction);
        out += '.';
        out += digits.substr(digits.size() - fraction);
    }
}

Wide ten_to(int exponent) {  // 0..36
    const auto first = std::min(exponent, Decimal::scale_max);
    return static_cast<Wide>(power_of_ten(first)) *
           static_cast<Wide>(power_of_ten(exponent - first));
}

constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
std::uint64_t fitting(Wide value) {
    return value > largest ? 0 : static_cast<std::uint64_t>(value);
}

// n / d, halves up.
Wide rounded(Wide n, Wide d) { return (n + d / 2) / d; }

// n * 10^shift / d by long division, for rates so long that the product does not fit.
std::uint64_t long_division(Wide n, Wide d, int shift) {
    auto quotient = n / d;
    auto rest = n % d;
    for (int i = 0; i < shift; ++i) {
        if (quotient > largest) return 0;
        quotient = quotient * 10 + rest * 10 / d;
        rest = rest * 10 % d;
    }
    return fitting(quotient + (rest >= d - rest ? 1 : 0));
}

// amount / own * rate in units of 10^-decimals: exact, rounded once. A rate that nobody knows gives
// 0, and so does one so absurd that the result does not fit: a payment never waits for a rate.
std::uint64_t convert(std::uint64_t minor, const Decimal& own, const Decimal& rate, int decimals) {
    if (own.units() <= 0 || rate.units() <= 0) return 0;
    // minor/100 * rate.units/10^rate.scale / (own.units/10^own.scale) * 10^decimals
    const int shift = own.scale() + decimals - rate.scale() - 2;
    const auto d = static_cast<Wide>(own.units());
    const auto n = static_cast<Wide>(minor) * static_cast<Wide>(rate.units());  // < 2^123
    if (shift >= 0) {
        Wide scaled = 0;
        if (__builtin_mul_overflow(n, ten_to(shift), &scaled) || scaled >> 127 != 0) {
            return long_division(n, d, shift);
        }
        return fitting(rounded(scaled, d));
    }
    Wide scaled = 0;
    // Beyond 2^127 the divisor is more than twice any n.
    if (__builtin_mul_overflow(d, ten_to(-shift), &scaled) || scaled >> 127 != 0) return 0;
    return fitting(rounded(n, scaled));
}

}  // namespace

void append_converted(std::string& out, const Table& table, Money amount) {
    LANGO_REQUIRE(amount.minor() >= 0);
    const auto minor = static_cast<std::uint64_t>(amount.minor());
    const auto own = column_of(amount.currency().code());
    const auto& own_rate = table.per_usd.at(own);
    for (std::size_t i = 0; i < codes().size(); ++i) {
        const auto& [key, decimals] = columns()[i];
        out += key;
        if (i == own) {
            append_scaled(out, minor, 2);
        } else {
            append_scaled(out, convert(minor, own_rate, table.per_usd[i], decimals), decimals);
        }
    }
    out += '}';
}

}  // namespace lango::rates
