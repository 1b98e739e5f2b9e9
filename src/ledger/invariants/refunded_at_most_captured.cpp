#include "ledger/invariants/refunded_at_most_captured.hpp"

#include "ledger/invariants/proof.hpp"
#include "ledger/refund_gone.hpp"
#include "store/words.hpp"

namespace lango::ledger {

// Outcomes 1 and 2 bring money in; withdrawal kind 4 is a refund (ledger.hpp,
// withdrawals/state.hpp).
void RefundedAtMostCaptured::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice,
          "SELECT COUNT(*) FROM refunds WHERE withdrawal_id BETWEEN ?1 AND ?2");
    // Told at the receipt's first refund, summed over all of them.
    find(reader, proof, slice,
         "SELECT g.receipt, g.gone, g.came FROM (SELECT o.receipt, "
         "(SELECT SUM(" LANGO_REFUND_GONE
         ") FROM refunds f JOIN withdrawals w ON w.id = f.withdrawal_id "
         "WHERE f.receipt = o.receipt) AS gone, COALESCE((SELECT c.amount FROM receipts c "
         "WHERE c.receipt = o.receipt AND c.outcome IN (" LANGO_BOOKED_IN
         ")), 0) AS came FROM refunds o WHERE o.withdrawal_id BETWEEN ?1 AND ?2 AND NOT EXISTS "
         "(SELECT 1 FROM refunds n "
         "WHERE n.receipt = o.receipt AND n.withdrawal_id < o.withdrawal_id)) g "
         "WHERE g.gone > g.came",
         [](const store::Row& row) {
             return "receipt " + row.string(0) + " of " + std::to_string(row.integer(2)) +
                    ": refunds of it sum to " + std::to_string(row.integer(1));
         });
    // A refund of which nobody knows what it gives back is under no cap.
    find(reader, proof, slice,
         "SELECT w.id FROM withdrawals w LEFT JOIN refunds f ON f.withdrawal_id = w.id "
         "WHERE w.id BETWEEN ?1 AND ?2 AND (w.kind = " LANGO_KIND_REFUND
         ") <> (f.withdrawal_id IS NOT NULL)",
         [](const store::Row& row) {
             return "withdrawal " + hex16(row.integer(0)) +
                    " is a refund of nothing, or is refunded and is no refund";
         });
    find(reader, proof, slice,
         "SELECT f.withdrawal_id FROM refunds f LEFT JOIN withdrawals w ON w.id = f.withdrawal_id "
         "WHERE f.withdrawal_id BETWEEN ?1 AND ?2 AND w.id IS NULL",
         [](const store::Row& row) {
             return "refund " + hex16(row.integer(0)) + " has no withdrawal";
         });
}

}  // namespace lango::ledger
