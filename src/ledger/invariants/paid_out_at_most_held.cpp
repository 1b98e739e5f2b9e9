#include "ledger/invariants/paid_out_at_most_held.hpp"

#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

// Outcome 3 is withdrawal_paid, hold state 2 captured (ledger.hpp). What leaves uncovered is booked
// on an account of its own, which shows it.
void PaidOutAtMostHeld::check_change(store::Reader& reader, const Transaction& change) const {
    if (change.outcome != Outcome::withdrawal_paid) return;
    const auto covered = reader.first(
        "SELECT 1 FROM holds h WHERE h.subject_id = ?1 AND h.state = " LANGO_HOLD_CAPTURED
        " AND h.amount >= (SELECT -COALESCE(SUM(p.amount), 0) FROM postings p WHERE p.subject_id = "
        "?1 AND p.outcome = " LANGO_BOOKED_WITHDRAWAL
        " AND p.amount < 0) AND NOT EXISTS (SELECT 1 FROM postings p WHERE p.subject_id = ?1 AND "
        "p.outcome = " LANGO_BOOKED_WITHDRAWAL
        " AND p.amount < 0 AND p.account_id <> h.account_id)",
        [](const store::Row&) { return true; }, change.subject_id);
    if (!covered) {
        throw LawBroken{"PaidOutAtMostHeld: payment " + hex16(change.subject_id) +
                        " takes what was not held for it"};
    }
}

void PaidOutAtMostHeld::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice,
          "SELECT COUNT(*) FROM ledger_transactions WHERE subject_id BETWEEN ?1 AND ?2 "
          "AND outcome = " LANGO_BOOKED_WITHDRAWAL);
    find(reader, proof, slice,
         "SELECT subject_id, outcome, taken, held FROM (SELECT t.subject_id, t.outcome, "
         "-COALESCE(SUM(p.amount), 0) AS taken, MAX(CASE WHEN h.state = " LANGO_HOLD_CAPTURED
         " THEN h.amount ELSE 0 END) * MIN(CASE WHEN p.account_id IS NULL OR p.account_id = "
         "h.account_id THEN 1 ELSE 0 END) "
         "AS held FROM ledger_transactions t LEFT JOIN holds h ON h.subject_id = t.subject_id "
         "LEFT JOIN postings p ON p.subject_id = t.subject_id AND "
         "p.outcome = " LANGO_BOOKED_WITHDRAWAL
         " AND p.amount < 0 WHERE t.subject_id BETWEEN ?1 AND ?2 AND t.outcome "
         "= " LANGO_BOOKED_WITHDRAWAL
         " GROUP BY t.subject_id, t.outcome) x WHERE taken > COALESCE(held, 0)",
         [](const store::Row& row) {
             return transaction_text(row) + ": takes " + std::to_string(row.integer(2)) + ", " +
                    std::to_string(row.maybe_integer(3).value_or(0)) + " was held for it";
         });
}

}  // namespace lango::ledger
