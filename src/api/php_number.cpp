// Not an amount: the text that PHP prints for a number, which is what a merchant's PHP signs. PHP
// reads an integer that fits 64 bits as one and everything else as binary floating point, which it
// prints with 14 significant digits (its setting `precision`).
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "api/request_signature.hpp"

namespace lango::api {

namespace {

constexpr int digits_max = 14;

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// "12300000000000" and 3 of 1.23E+3: digits without their trailing zeros, at least one.
std::string significant(std::string digits) {
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    return digits;
}

std::string plain(const std::string& digits, int exponent) {
    if (exponent < 0) {
        return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
    return digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string scientific(const std::string& digits, int exponent) {
    const auto fraction = digits.size() > 1 ? digits.substr(1) : std::string{"0"};
    return digits.substr(0, 1) + "." + fraction + (exponent < 0 ? "E-" : "E+") +
           std::to_string(std::abs(exponent));
}

}  // namespace

std::string php_number(std::string_view text) {
    if (const auto whole = integer(text)) return std::to_string(*whole);
    // Correctly rounded both ways, as PHP's own conversions are: "-1.2340000000000e+03".
    std::array<char, 32> printed{};
    const auto length = std::snprintf(printed.data(), printed.size(), "%.*e", digits_max - 1,
                                      std::strtod(std::string{text}.c_str(), nullptr));
    std::string_view form{printed.data(), static_cast<std::size_t>(length)};
    const std::string sign = form.starts_with('-') ? "-" : "";
    form.remove_prefix(sign.size());
    if (form == "inf") return sign + "INF";
    const auto e = form.find('e');
    const auto digits =
        significant(std::string{form.substr(0, 1)} + std::string{form.substr(2, e - 2)});
    const int exponent = std::atoi(std::string{form.substr(e + 1)}.c_str());
    if (digits == "0") return sign + "0";
    return sign + (exponent < -4 || exponent >= digits_max ? scientific(digits, exponent)
                                                           : plain(digits, exponent));
}

}  // namespace lango::api
