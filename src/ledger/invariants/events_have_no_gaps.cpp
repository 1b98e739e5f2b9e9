#include "ledger/invariants/events_have_no_gaps.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

namespace {

#define LANGO_UNTOLD_STATE                               \
    "SELECT d.id FROM deposits d JOIN deposit_events e " \
    "ON e.deposit_id = d.id AND e.number = d.events "    \
    "WHERE d.id BETWEEN ?1 AND ?2 AND e.state <> d.state"
#define LANGO_POSTBACK_MISSING_OR_TOO_MANY                                            \
    "SELECT d.id, b.id FROM deposits d LEFT JOIN postbacks b ON b.subject_id = d.id " \
    "WHERE d.id BETWEEN ?1 AND ?2 AND (d.state = " LANGO_DEPOSIT_PAID ") <> (b.id IS NOT NULL)"
#define LANGO_EVENTS_WITH_GAPS                                                      \
    "SELECT d.id, d.events, COUNT(e.number), COALESCE(MIN(e.number), 0), "          \
    "COALESCE(MAX(e.number), 0) FROM deposits d LEFT JOIN deposit_events e "        \
    "ON e.deposit_id = d.id WHERE d.id BETWEEN ?1 AND ?2 GROUP BY d.id "            \
    "HAVING d.events <> COUNT(e.number) OR d.events <> COALESCE(MAX(e.number), 0) " \
    "OR MIN(e.number) <> 1"

std::string has_gaps(const store::Row& row) {
    return "deposit " + hex16(row.integer(0)) +
           ": its events are not 1, 2, 3, ...: " + off_by(row.integer(2), row.integer(1)) +
           " than it counts, the first is " + std::to_string(row.integer(3)) + ", the last " +
           off_by(row.integer(4), row.integer(1));
}

std::string untold(const store::Row& row) {
    return "deposit " + hex16(row.integer(0)) + " is in a state that its last event does not tell";
}

std::string postback_missing(const store::Row& row) {
    return "deposit " + hex16(row.integer(0)) +
           (row.is_null(1) ? " is paid and has no postback" : " is not paid and has a postback");
}

}  // namespace

void EventsHaveNoGaps::check_payment(store::Reader& reader, std::int64_t subject_id) const {
    expect_none(reader, name(), LANGO_EVENTS_WITH_GAPS, subject_id, has_gaps);
    expect_none(reader, name(), LANGO_UNTOLD_STATE, subject_id, untold);
    expect_none(reader, name(), LANGO_POSTBACK_MISSING_OR_TOO_MANY, subject_id, postback_missing);
}

void EventsHaveNoGaps::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects || slice.is_payout) return;
    count(reader, proof, slice,
          "SELECT COUNT(*) FROM deposit_events WHERE deposit_id BETWEEN ?1 AND ?2");
    find(reader, proof, slice, LANGO_EVENTS_WITH_GAPS, has_gaps);
    find(reader, proof, slice,
         "SELECT e.deposit_id FROM deposit_events e LEFT JOIN deposits d ON d.id = e.deposit_id "
         "WHERE e.deposit_id BETWEEN ?1 AND ?2 AND d.id IS NULL GROUP BY e.deposit_id",
         [](const store::Row& row) {
             return "events of deposit " + hex16(row.integer(0)) + ", which does not exist";
         });
    find(reader, proof, slice, LANGO_UNTOLD_STATE, untold);
    find(reader, proof, slice, LANGO_POSTBACK_MISSING_OR_TOO_MANY, postback_missing);
}

}  // namespace lango::ledger
