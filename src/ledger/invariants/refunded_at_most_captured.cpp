#include "ledger/invariants/refunded_at_most_captured.hpp"

#include "ledger/invariants/proof.hpp"
#include "ledger/refund_gone.hpp"

namespace lango::ledger {

// Outcomes 1 and 2 bring money in; withdrawal kind 4 is a refund (ledger.hpp,
// withdrawals/state.hpp).
Proof RefundedAtMostCaptured::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "refunds", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM refunds");
    reader.each("SELECT receipt, SUM(gone), MAX(came) FROM (SELECT f.receipt, " LANGO_REFUND_GONE
                " AS gone, COALESCE(c.amount, 0) AS came "
                "FROM refunds f JOIN withdrawals w ON w.id = f.withdrawal_id "
                "LEFT JOIN receipts c ON c.receipt = f.receipt AND c.outcome IN (1, 2)) g "
                "GROUP BY receipt HAVING SUM(gone) > MAX(came)",
                [&](const store::Row& row) {
                    add(proof, "receipt " + row.string(0) + " of " +
                                   std::to_string(row.integer(2)) + ": refunds of it sum to " +
                                   std::to_string(row.integer(1)));
                });
    // A refund of which nobody knows what it gives back is under no cap.
    reader.each(
        "SELECT w.id FROM withdrawals w LEFT JOIN refunds f ON f.withdrawal_id = w.id "
        "WHERE (w.kind = 4) <> (f.withdrawal_id IS NOT NULL)",
        [&](const store::Row& row) {
            add(proof, "withdrawal " + hex16(row.integer(0)) +
                           " is a refund of nothing, or is refunded and is no refund");
        });
    reader.each(
        "SELECT f.withdrawal_id FROM refunds f LEFT JOIN withdrawals w "
        "ON w.id = f.withdrawal_id WHERE w.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "refund " + hex16(row.integer(0)) + " has no withdrawal");
        });
    return proof;
}

}  // namespace lango::ledger
