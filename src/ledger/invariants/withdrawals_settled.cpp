#include "ledger/invariants/withdrawals_settled.hpp"

#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

namespace {

// One that the balance did not cover waits without a hold, or failed so.
#define LANGO_HELD_OTHERWISE                                                                      \
    "SELECT w.id, w.amount + w.fee, h.amount FROM withdrawals w "                                 \
    "LEFT JOIN holds h ON h.subject_id = w.id "                                                   \
    "WHERE ((w.kind <> " LANGO_KIND_TEST " AND (w.flags & " LANGO_WITHDRAWAL_FLAG_UNCOVERED       \
    ") = 0 AND (h.subject_id IS NULL OR h.amount <> w.amount + w.fee OR h.state <> CASE w.state " \
    "WHEN " LANGO_WITHDRAWAL_PAID " THEN " LANGO_HOLD_CAPTURED " WHEN " LANGO_WITHDRAWAL_FAILED   \
    " THEN " LANGO_HOLD_RELEASED " ELSE " LANGO_HOLD_OPEN " END)) OR ((w.kind = " LANGO_KIND_TEST \
    " OR (w.flags & " LANGO_WITHDRAWAL_FLAG_UNCOVERED                                             \
    ") <> 0) AND h.subject_id IS NOT NULL) OR ((w.flags & " LANGO_WITHDRAWAL_FLAG_UNCOVERED       \
    ") <> 0 AND w.state NOT IN (" LANGO_WITHDRAWAL_WAITING ", " LANGO_WITHDRAWAL_FAILED           \
    "))) AND w.id BETWEEN ?1 AND ?2"
#define LANGO_BOOKED_OTHERWISE                                                              \
    "SELECT w.id FROM withdrawals w LEFT JOIN ledger_transactions t "                       \
    "ON t.subject_id = w.id AND t.outcome = " LANGO_BOOKED_WITHDRAWAL                       \
    " LEFT JOIN receipts r ON r.receipt = w.receipt AND r.subject_id = w.id AND r.outcome " \
    "= " LANGO_BOOKED_WITHDRAWAL " WHERE ((w.state = " LANGO_WITHDRAWAL_PAID                \
    " AND w.kind <> " LANGO_KIND_TEST                                                       \
    ") <> (t.subject_id IS NOT NULL) OR (w.state = " LANGO_WITHDRAWAL_PAID                  \
    " AND w.kind <> " LANGO_KIND_TEST                                                       \
    " AND (r.receipt IS NULL OR r.amount <> w.amount))) AND w.id BETWEEN ?1 AND ?2"
#define LANGO_UNTOLD_STATE                                     \
    "SELECT w.id FROM withdrawals w JOIN withdrawal_events e " \
    "ON e.withdrawal_id = w.id AND e.number = w.events "       \
    "WHERE w.id BETWEEN ?1 AND ?2 AND e.state <> w.state"
#define LANGO_POSTBACK_MISSING_OR_TOO_MANY                                                  \
    "SELECT w.id, b.id FROM withdrawals w LEFT JOIN postbacks b ON b.subject_id = w.id "    \
    "WHERE (w.state IN (" LANGO_WITHDRAWAL_CLOSED ") AND w.kind NOT IN (" LANGO_KIND_MANUAL \
    ", " LANGO_KIND_REFUND ")) <> (b.id IS NOT NULL) AND w.id BETWEEN ?1 AND ?2"
#define LANGO_EVENTS_WITH_GAPS                                                              \
    "SELECT w.id, w.events, COUNT(e.number) FROM withdrawals w "                            \
    "LEFT JOIN withdrawal_events e ON e.withdrawal_id = w.id WHERE w.id BETWEEN ?1 AND ?2 " \
    "GROUP BY w.id, w.events HAVING w.events <> COUNT(e.number) "                           \
    "OR w.events <> COALESCE(MAX(e.number), 0) OR MIN(e.number) <> 1"

std::string subject(const store::Row& row) { return "withdrawal " + hex16(row.integer(0)); }

std::string held_otherwise(const store::Row& row) {
    return subject(row) + " of " + std::to_string(row.integer(1)) +
           (row.is_null(2)
                ? std::string{" has no hold"}
                : ": its hold of " + std::to_string(row.integer(2)) + " is not as its state says");
}

std::string booked_otherwise(const store::Row& row) {
    return subject(row) + ": state, booking and receipt do not agree";
}

std::string has_gaps(const store::Row& row) {
    return subject(row) +
           ": its events are not 1, 2, 3, ...: " + off_by(row.integer(2), row.integer(1)) +
           " than it counts";
}

std::string untold(const store::Row& row) {
    return subject(row) + " is in a state that its last event does not tell";
}

std::string postback_missing(const store::Row& row) {
    return subject(row) + (row.is_null(1) ? " has ended and has no postback"
                                          : " has a postback that it must not have");
}

void stories(store::Reader& reader, const Slice& slice, Proof& proof) {
    find(reader, proof, slice, LANGO_EVENTS_WITH_GAPS, has_gaps);
    find(reader, proof, slice,
         "SELECT e.withdrawal_id FROM withdrawal_events e LEFT JOIN withdrawals w "
         "ON w.id = e.withdrawal_id WHERE e.withdrawal_id BETWEEN ?1 AND ?2 AND w.id IS NULL "
         "GROUP BY e.withdrawal_id",
         [](const store::Row& row) {
             return "events of " + subject(row) + ", which does not exist";
         });
    find(reader, proof, slice, LANGO_UNTOLD_STATE, untold);
    find(reader, proof, slice, LANGO_POSTBACK_MISSING_OR_TOO_MANY, postback_missing);
}

}  // namespace

void WithdrawalsSettled::check_payment(store::Reader& reader, std::int64_t subject_id) const {
    expect_none(reader, name(), LANGO_HELD_OTHERWISE, subject_id, held_otherwise);
    expect_none(reader, name(), LANGO_BOOKED_OTHERWISE, subject_id, booked_otherwise);
    expect_none(reader, name(), LANGO_EVENTS_WITH_GAPS, subject_id, has_gaps);
    expect_none(reader, name(), LANGO_UNTOLD_STATE, subject_id, untold);
    expect_none(reader, name(), LANGO_POSTBACK_MISSING_OR_TOO_MANY, subject_id, postback_missing);
}

void WithdrawalsSettled::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice, "SELECT COUNT(*) FROM withdrawals WHERE id BETWEEN ?1 AND ?2");
    find(reader, proof, slice, LANGO_HELD_OTHERWISE, held_otherwise);
    find(reader, proof, slice, LANGO_BOOKED_OTHERWISE, booked_otherwise);
    find(reader, proof, slice,
         "SELECT t.subject_id FROM ledger_transactions t LEFT JOIN withdrawals w "
         "ON w.id = t.subject_id WHERE t.subject_id BETWEEN ?1 AND ?2 AND "
         "t.outcome = " LANGO_BOOKED_WITHDRAWAL " AND w.id IS NULL",
         [](const store::Row& row) {
             return "payment " + hex16(row.integer(0)) +
                    " is booked as a withdrawal, and there is no such withdrawal";
         });
    stories(reader, slice, proof);
}

}  // namespace lango::ledger
