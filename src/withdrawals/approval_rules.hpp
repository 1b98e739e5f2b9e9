// When a merchant's withdrawal waits for people (merchants::PayoutRules). What the rules need to
// know is counted only for merchants who have them.
#pragma once
#include "merchants/merchant.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

[[nodiscard]] bool needs_approval(store::Tx& tx, const merchants::Merchant& merchant, Msisdn phone,
                                  Money amount, Instant now);
// A withdrawal was taken.
void count_for_rules(store::Tx& tx, const merchants::Merchant& merchant, Money amount, Instant now);
// A withdrawal was paid.
void remember_recipient(store::Tx& tx, const merchants::Merchant& merchant, Msisdn phone);

}  // namespace lango::withdrawals
