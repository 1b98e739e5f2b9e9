#include "ledger/invariants/masked_say_so.hpp"

#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

namespace {

#define LANGO_MASKED_SILENTLY                                                                     \
    "SELECT d.id FROM deposits d LEFT JOIN deposit_events e ON e.deposit_id = d.id "              \
    "AND e.kind = " LANGO_DEPOSIT_EVENT_MASKED                                                    \
    " WHERE d.id BETWEEN ?1 AND ?2 AND (d.phone < 0) <> (e.number IS NOT NULL) UNION ALL SELECT " \
    "w.id FROM withdrawals w LEFT JOIN withdrawal_events e "                                      \
    "ON e.withdrawal_id = w.id AND e.kind = " LANGO_WITHDRAWAL_EVENT_MASKED                       \
    " WHERE w.id BETWEEN ?1 AND ?2 AND (w.phone < 0) <> (e.number IS NOT NULL)"

}  // namespace

void MaskedSaySo::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice,
          "SELECT (SELECT COUNT(*) FROM deposits WHERE id BETWEEN ?1 AND ?2 AND phone < 0) + "
          "(SELECT COUNT(*) FROM withdrawals WHERE id BETWEEN ?1 AND ?2 AND phone < 0)");
    find(reader, proof, slice, LANGO_MASKED_SILENTLY, [](const store::Row& row) {
        return "payment " + hex16(row.integer(0)) +
               " was masked without saying so, or says so and was not";
    });
}

}  // namespace lango::ledger
