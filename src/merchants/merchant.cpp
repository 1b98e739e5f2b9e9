#include <algorithm>

#include "merchants/merchants.hpp"

namespace lango::merchants {

Money Merchant::fee(Money amount) const {
    // percent / 100 of the amount in minor units: both scales in one exact division.
    const auto percent =
        divide(static_cast<__int128>(amount.minor()) * fee_percent.units(),
               static_cast<__int128>(100) * power_of_ten(fee_percent.scale()), Rounding::half_up);
    const auto fee = Money{static_cast<std::int64_t>(percent), amount.currency()} + fee_fixed;
    return std::min(fee, amount);
}

bool Merchant::allows_address(std::string_view peer) const {
    return ip_allow_list.empty() || std::ranges::find(ip_allow_list, peer) != ip_allow_list.end();
}

}  // namespace lango::merchants
