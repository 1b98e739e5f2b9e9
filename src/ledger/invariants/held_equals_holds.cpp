#include "ledger/invariants/held_equals_holds.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

void HeldEqualsHolds::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk == Slice::Walk::subjects) {
        count(reader, proof, slice,
              "SELECT COUNT(*) FROM holds WHERE subject_id BETWEEN ?1 AND ?2");
        find(reader, proof, slice,
             "SELECT h.subject_id, h.amount, h.account_id FROM holds h LEFT JOIN accounts a "
             "ON a.id = h.account_id WHERE h.subject_id BETWEEN ?1 AND ?2 AND a.id IS NULL",
             [](const store::Row& row) {
                 return "payment " + hex16(row.integer(0)) + " holds " +
                        std::to_string(row.integer(1)) + " of account " +
                        std::to_string(row.integer(2)) + ", which does not exist";
             });
    }
    if (slice.walk != Slice::Walk::whole) return;
    reader.each(
        "SELECT a.id, a.kind, a.owner, a.currency, a.held, COALESCE(s.total, 0) FROM accounts a "
        "LEFT JOIN "
        "(SELECT account_id, SUM(amount) AS total FROM holds WHERE state = " LANGO_HOLD_OPEN
        " GROUP BY account_id) s ON s.account_id = a.id WHERE a.held <> COALESCE(s.total, 0)",
        [&](const store::Row& row) {
            add(proof, account_text(row) + ": it holds " + off_by(row.integer(4), row.integer(5)) +
                           " than its open holds sum to");
        });
}

}  // namespace lango::ledger
