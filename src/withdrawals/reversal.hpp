// A refund's link to the money that it gives back, as far as a payout's life depends on it: a
// reversal goes out, is asked about, and is booked in another way than a payout.
#pragma once
#include <optional>
#include <string>

#include "rails/claims.hpp"
#include "store/words.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

enum class RefundMethod : std::int8_t {
    reversal = 1,  // the rail undoes the payment, whole
    payout = 2,    // money goes out to a phone as in any withdrawal
};
static_assert(store::spells(LANGO_REFUND_BY_REVERSAL, RefundMethod::reversal));
static_assert(store::spells(LANGO_REFUND_BY_PAYOUT, RefundMethod::payout));
[[nodiscard]] std::string_view name(RefundMethod method);

// What the withdrawal asks the rail to reverse; nothing for one that is paid out.
[[nodiscard]] std::optional<rails::Reversal> reversal_of(store::Reader& reader,
                                                         const Withdrawal& withdrawal);

// The receipt that a reversal is booked under, in place of its own: a payment is reversed at most
// once, ever, so that the ledger's law of receipts holds whoever tells of it, in whatever words.
[[nodiscard]] std::string reversal_receipt(const rails::Reversal& reversal);

}  // namespace lango::withdrawals
