#include "withdrawals/reversal.hpp"

#include "base/check.hpp"
#include "store/words.hpp"

namespace lango::withdrawals {

std::string_view name(RefundMethod method) {
    return method == RefundMethod::reversal ? "reversal" : "payout";
}

std::optional<rails::Reversal> reversal_of(store::Reader& reader, const Withdrawal& withdrawal) {
    if (withdrawal.kind != Kind::refund) return std::nullopt;
    // The payment's first posting is on the rail's account that the money came to (ledger.hpp).
    return reader.first(
        "SELECT f.receipt, a.owner FROM refunds f JOIN receipts c ON c.receipt = f.receipt "
        "JOIN postings p ON p.subject_id = c.subject_id AND p.outcome = c.outcome AND p.line = 1 "
        "JOIN accounts a ON a.id = p.account_id WHERE f.withdrawal_id = ?1 AND "
        "f.method = " LANGO_REFUND_BY_REVERSAL,
        [](const store::Row& row) {
            return rails::Reversal{.receipt = row.string(0), .shortcode = row.integer(1)};
        },
        withdrawal.id);
}

std::string reversal_receipt(const rails::Reversal& reversal) {
    LANGO_CHECK(!reversal.receipt.empty(), "a reversal is of a payment with a receipt");
    return reversal.receipt + "/reversed";
}

}  // namespace lango::withdrawals
