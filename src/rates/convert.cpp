#include <algorithm>

#include "base/result.hpp"
#include "rates/rates.hpp"

namespace lango::rates {

namespace {

// merchant-api 4.5: crypto 8 decimals, INR none, everything else 2.
int decimals_of(std::string_view code) {
    static constexpr std::array<std::string_view, 15> crypto{
        "BTC", "ETH", "LTC", "DOGE", "DASH",  "BCH",  "ZEC",       "ETC",
        "XRP", "TRX", "XLM", "WAVES", "USDT", "USDTTRC20", "USDT20"};
    if (code == "INR") return 0;
    return std::ranges::find(crypto, code) == crypto.end() ? 2 : 8;
}

const std::array<int, 184>& decimals() {
    static const auto list = [] {
        std::array<int, 184> made{};
        for (std::size_t i = 0; i < made.size(); ++i) made.at(i) = decimals_of(codes().at(i));
        return made;
    }();
    return list;
}

const Decimal& rate_of(const Table& table, std::string_view code) {
    const auto at = std::ranges::find(codes(), code);
    LANGO_ASSERT(at != codes().end());
    return table.per_usd.at(static_cast<std::size_t>(at - codes().begin()));
}

// units * 10^-decimals in shortest form.
void append_scaled(std::string& out, std::int64_t units, int decimals) {
    while (decimals > 0 && units % 10 == 0) {
        units /= 10;
        --decimals;
    }
    const auto digits = std::to_string(units);
    if (decimals == 0) {
        out += digits;
        return;
    }
    const auto fraction = static_cast<std::size_t>(decimals);
    if (digits.size() <= fraction) {
        out += "0.";
        out.append(fraction - digits.size(), '0');
        out += digits;
    } else {
        out.append(digits, 0, digits.size() - fraction);
        out += '.';
        out.append(digits, digits.size() - fraction);
    }
}

// amount / own rate * rate, in units of 10^-decimals: one exact division.
std::int64_t convert(Money amount, const Decimal& own, const Decimal& rate, int decimals) {
    if (own.is_zero() || rate.is_zero()) return 0;
    // minor/100 * rate.units/10^rs / (own.units/10^os) * 10^decimals
    const int up = own.scale() + decimals;
    const int down = rate.scale() + 2;
    __int128 numerator = static_cast<__int128>(amount.minor()) * rate.units();
    __int128 denominator = own.units();
    const int shift = up - down;
    if (shift >= 0) {
        __int128 scaled = 0;
        LANGO_ASSERT(!__builtin_mul_overflow(numerator, static_cast<__int128>(power_of_ten(shift)), &scaled));
        numerator = scaled;
    } else {
        denominator *= power_of_ten(-shift);
    }
    const auto units = divide(numerator, denominator, Rounding::half_up);
    LANGO_ASSERT(units <= INT64_MAX);
    return static_cast<std::int64_t>(units);
}

}  // namespace

void append_converted(std::string& out, const Table& table, Money amount) {
    const auto& own = rate_of(table, amount.currency().code());
    out.reserve(out.size() + 3800);
    out += '{';
    for (std::size_t i = 0; i < codes().size(); ++i) {
        const auto code = codes()[i];
        if (i > 0) out += ',';
        out += '"';
        out += code;
        out += "\":";
        if (code == amount.currency().code()) {
            append_scaled(out, amount.minor(), 2);
        } else {
            append_scaled(out, convert(amount, own, table.per_usd[i], decimals()[i]), decimals()[i]);
        }
    }
    out += '}';
}

}  // namespace lango::rates
