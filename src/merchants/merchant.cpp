#include <algorithm>

#include "merchants/merchant.hpp"

namespace lango::merchants {

namespace {

// Both scales in one exact division.
Money share(Money amount, const Decimal& percent) {
    const auto minor =
        divide(static_cast<__int128>(amount.minor()) * percent.units(),
               static_cast<__int128>(100) * power_of_ten(percent.scale()), Rounding::half_up);
    return Money{static_cast<std::int64_t>(minor), amount.currency()};
}

}  // namespace

Money Merchant::fee(Money amount) const {
    return std::min(share(amount, fee_percent) + fee_fixed, amount);
}

Money Merchant::payout_fee(Money amount) const {
    return share(amount, payout_fee_percent) + payout_fee_fixed;
}

bool Merchant::allows_address(std::string_view peer) const {
    return ip_allow_list.empty() || std::ranges::find(ip_allow_list, peer) != ip_allow_list.end();
}

std::vector<Secret> Merchant::link_keys(Instant now) const {
    std::vector<Secret> keys{private_access_key};
    for (const auto& former : former_keys) {
        if (now < former.until && !former.private_access_key.empty()) {
            keys.push_back(former.private_access_key);
        }
    }
    return keys;
}

}  // namespace lango::merchants
