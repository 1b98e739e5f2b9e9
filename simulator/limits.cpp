#include "simulator/limits.hpp"

namespace lango::simulator {

namespace {

// In cents.
constexpr std::int64_t amount_min_minor = 1'00;
constexpr std::int64_t amount_max_minor = 250'000'00;
constexpr std::int64_t daily_limit_minor = 500'000'00;

}  // namespace

std::string limit_code(const Ledger& ledger, const std::string& phone, std::int64_t amount_minor,
                       Instant now) {
    if (amount_minor < amount_min_minor) return "2";
    if (amount_minor > amount_max_minor) return "3";
    if (ledger.spent_on_day_of(now, phone) + amount_minor > daily_limit_minor) return "4";
    if (ledger.balance(phone) < amount_minor) return "1";
    return "0";
}

}  // namespace lango::simulator
