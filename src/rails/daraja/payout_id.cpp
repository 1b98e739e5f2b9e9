#include "rails/daraja/payout_id.hpp"

namespace lango::rails::daraja {

namespace {

constexpr std::string_view prefix = "lango-";

}  // namespace

std::string originator_id(WithdrawalId withdrawal) {
    return std::string{prefix} + hex16(withdrawal.value());
}

std::optional<WithdrawalId> withdrawal_of(std::string_view originator_id) {
    if (!originator_id.starts_with(prefix)) return std::nullopt;
    const auto id = parse_hex16(originator_id.substr(prefix.size()));
    return id ? std::optional{WithdrawalId{*id}} : std::nullopt;
}

std::string ResultAddress::path(const crypto::MasterKey& master) const {
    return "/rail/" + std::string{about} + "/" + subject + "/" + master.token(about, subject);
}

}  // namespace lango::rails::daraja
