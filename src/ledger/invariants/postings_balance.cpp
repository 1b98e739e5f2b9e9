#include "ledger/invariants/postings_balance.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void PostingsBalance::check_change(store::Reader& /*reader*/, const Transaction& change) const {
    for (const auto& first : change.postings) {
        __int128 sum = 0;
        for (const auto& posting : change.postings) {
            if (posting.amount.currency() == first.amount.currency()) sum += posting.amount.minor();
        }
        if (sum != 0) {
            throw LawBroken{"PostingsBalance: postings of " + hex16(change.subject_id) +
                            " do not sum to zero"};
        }
    }
}

void PostingsBalance::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice,
          "SELECT COUNT(*) FROM ledger_transactions WHERE subject_id BETWEEN ?1 AND ?2");
    find(reader, proof, slice,
         "SELECT p.subject_id, p.outcome, a.currency, SUM(p.amount) FROM postings p "
         "JOIN accounts a ON a.id = p.account_id WHERE p.subject_id BETWEEN ?1 AND ?2 "
         "GROUP BY p.subject_id, p.outcome, a.currency HAVING SUM(p.amount) <> 0",
         [](const store::Row& row) {
             return transaction_text(row) + ": postings in " + row.string(2) + " sum to " +
                    std::to_string(row.integer(3));
         });
    find(reader, proof, slice,
         "SELECT t.subject_id, t.outcome FROM ledger_transactions t LEFT JOIN postings p "
         "ON p.subject_id = t.subject_id AND p.outcome = t.outcome AND p.line = 1 "
         "WHERE t.subject_id BETWEEN ?1 AND ?2 AND p.line IS NULL",
         [](const store::Row& row) { return transaction_text(row) + ": has no postings"; });
    find(reader, proof, slice,
         "SELECT p.subject_id, p.outcome FROM postings p LEFT JOIN ledger_transactions t "
         "ON t.subject_id = p.subject_id AND t.outcome = p.outcome "
         "WHERE p.subject_id BETWEEN ?1 AND ?2 AND t.subject_id IS NULL "
         "GROUP BY p.subject_id, p.outcome",
         [](const store::Row& row) {
             return transaction_text(row) + ": postings without a ledger transaction";
         });
}

}  // namespace lango::ledger
