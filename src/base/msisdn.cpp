#include "base/msisdn.hpp"

#include "base/result.hpp"

namespace lango {
namespace {

bool is_subscriber(std::int64_t number) {
    const std::int64_t range = number / 100'000'000;
    return range == 2547 || range == 2541;
}

}  // namespace

std::optional<Msisdn> Msisdn::parse(std::string_view text) {
    if (text.size() != 12) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    if (!is_subscriber(number)) return std::nullopt;
    return Msisdn(number);
}

Msisdn Msisdn::from_number(std::int64_t number) {
    LANGO_REQUIRE(is_subscriber(number) || number < 0);
    return Msisdn(number);
}

std::string Msisdn::raw() const { return is_hidden() ? "masked" : std::to_string(number_); }

std::string Msisdn::masked() const { return is_hidden() ? raw() : raw().replace(4, 4, "****"); }

}  // namespace lango
