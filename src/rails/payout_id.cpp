#include "rails/payout_id.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lango::rails {

namespace {

constexpr std::string_view prefix = "lango-";
constexpr std::size_t keyed_digits = 30;
constexpr std::size_t plain_digits = 16;

}  // namespace

std::string payout_id(const Secret& key, std::string_view withdrawal_id) {
    LANGO_ASSERT(!key.empty() && !withdrawal_id.empty());
    const auto whole = crypto::hmac_sha256(key.reveal(), withdrawal_id);
    return std::string{prefix} + crypto::hex(crypto::view(whole)).substr(0, keyed_digits);
}

std::string payout_id(WithdrawalId withdrawal) {
    return std::string{prefix} + hex16(withdrawal.value());
}

bool is_payout_id(std::string_view text) {
    if (!text.starts_with(prefix)) return false;
    const auto digits = text.substr(prefix.size());
    return (digits.size() == keyed_digits || digits.size() == plain_digits) &&
           std::ranges::all_of(
               digits, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace lango::rails
