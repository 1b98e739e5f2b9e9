// What came back from submitting a payout, recorded. Its result may have been quicker.
#pragma once
#include "rails/claims.hpp"
#include "withdrawals/settle.hpp"

namespace lango::withdrawals {

// The postback is there when the payout has failed for good.
[[nodiscard]] SettleOutcome record_sent(store::Tx& tx, WithdrawalId id,
                                        const rails::PayoutAnswer& answer,
                                        const SettleContext& context, Instant now);

}  // namespace lango::withdrawals
