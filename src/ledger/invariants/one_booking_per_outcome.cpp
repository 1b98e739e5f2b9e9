#include "ledger/invariants/one_booking_per_outcome.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

namespace {

#define LANGO_NOT_BOOKED_AS_IT_STANDS                                            \
    "SELECT d.id, t.subject_id FROM deposits d LEFT JOIN ledger_transactions t " \
    "ON t.subject_id = d.id AND t.outcome = " LANGO_BOOKED_DEPOSIT               \
    " WHERE d.id BETWEEN ?1 AND ?2 AND (d.state = " LANGO_DEPOSIT_PAID           \
    ") <> (t.subject_id IS NOT NULL)"

std::string not_booked(const store::Row& row) {
    return "deposit " + hex16(row.integer(0)) +
           (row.is_null(1) ? " is paid and not booked" : " is booked and not paid");
}

}  // namespace

// That it is booked no more than once is the primary key's doing.
void OneBookingPerOutcome::check_payment(store::Reader& reader, std::int64_t subject_id) const {
    expect_none(reader, name(), LANGO_NOT_BOOKED_AS_IT_STANDS, subject_id, not_booked);
}

void OneBookingPerOutcome::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice, "SELECT COUNT(*) FROM deposits WHERE id BETWEEN ?1 AND ?2");
    if (!slice.is_payout) find(reader, proof, slice, LANGO_NOT_BOOKED_AS_IT_STANDS, not_booked);
    find(reader, proof, slice,
         "SELECT t.subject_id FROM ledger_transactions t LEFT JOIN deposits d "
         "ON d.id = t.subject_id WHERE t.subject_id BETWEEN ?1 AND ?2 AND "
         "t.outcome = " LANGO_BOOKED_DEPOSIT " AND d.id IS NULL",
         [](const store::Row& row) {
             return "payment " + hex16(row.integer(0)) +
                    " is booked as a deposit, and there is no such deposit";
         });
}

}  // namespace lango::ledger
