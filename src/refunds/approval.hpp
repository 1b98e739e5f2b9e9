// When a refund waits for a second operator: a payout to anybody but the payer, and whatever the
// merchant's rules ask people about. Who may be a recipient, a refund has rules of its own for.
#pragma once
#include <string>

#include "deposits/deposit.hpp"
#include "merchants/merchant.hpp"
#include "refunds/refund.hpp"

namespace lango::refunds {

// As far as the rail showed who paid (rails/payer_phone.hpp; "" when it did not), and the order's
// phone. A mask that fits many proves nothing by itself.
[[nodiscard]] bool is_the_payers(Msisdn phone, std::string_view payer,
                                 const std::optional<deposits::Deposit>& deposit);

// merchant: null for money that is nobody's yet. Called before the refund is made.
[[nodiscard]] bool needs_approval(store::Tx& tx, const merchants::Merchant* merchant, Method method,
                                  Msisdn phone, bool to_the_payer, Money amount, Instant now);
// A refund was made.
void count_for_rules(store::Tx& tx, const merchants::Merchant* merchant, Money amount, Instant now);

}  // namespace lango::refunds
