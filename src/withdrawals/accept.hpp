// The one road in, for the API, for people and for batches: a withdrawal is taken as its merchant's
// settings say, and none of whoever is disabled. Decides the fee, whether people must approve, and
// what happens without cover.
#pragma once
#include "merchants/merchant.hpp"
#include "withdrawals/create.hpp"

namespace lango::withdrawals {

struct Wanted {
    WithdrawalId id{0};
    std::string withdrawal_id;  // "": one is made
    std::string label;
    Msisdn phone;
    Money amount;
    std::string comment;
    Kind kind = Kind::api;
    std::string created_by;  // the person; "" for the API
    // Of those made by hand: whoever made it may approve withdrawals, too. Who may not makes none
    // alone, whatever the merchant's rules say.
    bool made_by_approver = false;
    std::optional<SignedAs> signed_as{};
};

// Nothing is written when it refuses.
[[nodiscard]] Result<void, Refusal> accept(store::Tx& tx, const Wanted& wanted,
                                           const merchants::Merchant& merchant, Instant now);

}  // namespace lango::withdrawals
