// What the rail said of a payout when applying it went wrong: it tells once, so its words are kept
// and a person is called.
#pragma once
#include "rails/claims.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

// With the payout, once in a row; of a payout that is not there with what nobody could read. It is
// asked about as before.
void keep_unapplied(store::Tx& tx, WithdrawalId id, const rails::PayoutSeen& seen,
                    std::string_view why, Instant now);

}  // namespace lango::withdrawals
