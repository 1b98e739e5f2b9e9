#include "ledger/invariants/paid_out_at_most_held.hpp"

#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

// Outcome 3 is withdrawal_paid, hold state 2 captured (ledger.hpp). What leaves uncovered is booked
// on an account of its own, which shows it.
void PaidOutAtMostHeld::check_change(store::Reader& reader, const Transaction& change) const {
    if (change.outcome != Outcome::withdrawal_paid) return;
    const auto covered = reader.first(
        "SELECT 1 FROM holds h WHERE h.subject_id = ?1 AND h.state = 2 AND h.amount >= "
        "(SELECT -COALESCE(SUM(p.amount), 0) FROM postings p "
        "WHERE p.subject_id = ?1 AND p.outcome = 3 AND p.amount < 0) "
        "AND NOT EXISTS (SELECT 1 FROM postings p WHERE p.subject_id = ?1 AND p.outcome = 3 "
        "AND p.amount < 0 AND p.account_id <> h.account_id)",
        [](const store::Row&) { return true; }, change.subject_id);
    if (!covered) {
        throw LawBroken{"PaidOutAtMostHeld: payment " + hex16(change.subject_id) +
                        " takes what was not held for it"};
    }
}

Proof PaidOutAtMostHeld::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "payouts", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM ledger_transactions WHERE outcome = 3");
    reader.each(
        "SELECT t.subject_id, t.outcome, COALESCE(taken.total, 0), "
        "CASE WHEN h.state = 2 AND COALESCE(taken.elsewhere, 0) = 0 THEN h.amount ELSE 0 END "
        "FROM ledger_transactions t LEFT JOIN holds h ON h.subject_id = t.subject_id LEFT JOIN "
        "(SELECT p.subject_id, -SUM(p.amount) AS total, "
        "SUM(CASE WHEN g.account_id = p.account_id THEN 0 ELSE 1 END) AS elsewhere "
        "FROM postings p LEFT JOIN holds g ON g.subject_id = p.subject_id "
        "WHERE p.outcome = 3 AND p.amount < 0 GROUP BY p.subject_id) taken "
        "ON taken.subject_id = t.subject_id WHERE t.outcome = 3 AND COALESCE(taken.total, 0) > "
        "CASE WHEN h.state = 2 AND COALESCE(taken.elsewhere, 0) = 0 THEN h.amount ELSE 0 END",
        [&](const store::Row& row) {
            add(proof, transaction_text(row) + ": takes " + std::to_string(row.integer(2)) + ", " +
                           std::to_string(row.integer(3)) + " was held for it");
        });
    return proof;
}

}  // namespace lango::ledger
