#include "ledger/invariants/withdrawals_settled.hpp"

#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

namespace {

// States 1, 6 and 7 are waiting, paid and failed; kinds 2, 3 and 4 manual, test and refund; the
// flag 2 says that the balance did not cover it (withdrawals/state.hpp): it waits without a hold,
// or failed so.
#define LANGO_HELD_OTHERWISE                                                  \
    "SELECT w.id, w.amount + w.fee, h.amount FROM withdrawals w "             \
    "LEFT JOIN holds h ON h.subject_id = w.id "                               \
    "WHERE ((w.kind <> 3 AND (w.flags & 2) = 0 AND (h.subject_id IS NULL OR " \
    "h.amount <> w.amount + w.fee OR "                                        \
    "h.state <> CASE w.state WHEN 6 THEN 2 WHEN 7 THEN 3 ELSE 1 END)) "       \
    "OR ((w.kind = 3 OR (w.flags & 2) <> 0) AND h.subject_id IS NOT NULL) "   \
    "OR ((w.flags & 2) <> 0 AND w.state NOT IN (1, 7)))"
#define LANGO_BOOKED_OTHERWISE                                                                 \
    "SELECT w.id FROM withdrawals w LEFT JOIN ledger_transactions t "                          \
    "ON t.subject_id = w.id AND t.outcome = 3 "                                                \
    "LEFT JOIN receipts r ON r.receipt = w.receipt AND r.subject_id = w.id AND r.outcome = 3 " \
    "WHERE ((w.state = 6 AND w.kind <> 3) <> (t.subject_id IS NOT NULL) "                      \
    "OR (w.state = 6 AND w.kind <> 3 AND (r.receipt IS NULL OR r.amount <> w.amount)))"
#define LANGO_UNTOLD_STATE                                     \
    "SELECT w.id FROM withdrawals w JOIN withdrawal_events e " \
    "ON e.withdrawal_id = w.id AND e.number = w.events WHERE e.state <> w.state"
#define LANGO_POSTBACK_MISSING_OR_TOO_MANY                                               \
    "SELECT w.id, b.id FROM withdrawals w LEFT JOIN postbacks b ON b.subject_id = w.id " \
    "WHERE (w.state IN (6, 7) AND w.kind NOT IN (2, 4)) <> (b.id IS NOT NULL)"

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
    return subject(row) + " counts " + std::to_string(row.integer(1)) + " events, has " +
           std::to_string(row.integer(2)) + ", or their numbers have gaps";
}

std::string untold(const store::Row& row) {
    return subject(row) + " is in a state that its last event does not tell";
}

std::string postback_missing(const store::Row& row) {
    return subject(row) + (row.is_null(1) ? " has ended and has no postback"
                                          : " has a postback that it must not have");
}

void stories(store::Reader& reader, Proof& proof) {
    reader.each(
        "SELECT w.id, w.events, COALESCE(s.n, 0) FROM withdrawals w LEFT JOIN "
        "(SELECT withdrawal_id, COUNT(*) AS n, MIN(number) AS low, MAX(number) AS top "
        "FROM withdrawal_events GROUP BY withdrawal_id) s ON s.withdrawal_id = w.id "
        "WHERE w.events <> COALESCE(s.n, 0) OR w.events <> COALESCE(s.top, 0) OR s.low <> 1",
        [&](const store::Row& row) { add(proof, has_gaps(row)); });
    reader.each(
        "SELECT DISTINCT e.withdrawal_id FROM withdrawal_events e LEFT JOIN withdrawals w "
        "ON w.id = e.withdrawal_id WHERE w.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "events of " + subject(row) + ", which does not exist");
        });
    reader.each(LANGO_UNTOLD_STATE, [&](const store::Row& row) { add(proof, untold(row)); });
    reader.each(LANGO_POSTBACK_MISSING_OR_TOO_MANY,
                [&](const store::Row& row) { add(proof, postback_missing(row)); });
}

}  // namespace

void WithdrawalsSettled::check_payment(store::Reader& reader, std::int64_t subject_id) const {
    expect_none(reader, name(), LANGO_HELD_OTHERWISE " AND w.id = ?1", subject_id, held_otherwise);
    expect_none(reader, name(), LANGO_BOOKED_OTHERWISE " AND w.id = ?1", subject_id,
                booked_otherwise);
    expect_none(reader, name(),
                "SELECT w.id, w.events, COUNT(e.number) FROM withdrawals w "
                "LEFT JOIN withdrawal_events e ON e.withdrawal_id = w.id WHERE w.id = ?1 "
                "GROUP BY w.id, w.events HAVING w.events <> COUNT(e.number) "
                "OR w.events <> COALESCE(MAX(e.number), 0) OR MIN(e.number) <> 1",
                subject_id, has_gaps);
    expect_none(reader, name(), LANGO_UNTOLD_STATE " AND w.id = ?1", subject_id, untold);
    expect_none(reader, name(), LANGO_POSTBACK_MISSING_OR_TOO_MANY " AND w.id = ?1", subject_id,
                postback_missing);
}

Proof WithdrawalsSettled::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "withdrawals", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM withdrawals");
    reader.each(LANGO_HELD_OTHERWISE,
                [&](const store::Row& row) { add(proof, held_otherwise(row)); });
    reader.each(LANGO_BOOKED_OTHERWISE,
                [&](const store::Row& row) { add(proof, booked_otherwise(row)); });
    reader.each(
        "SELECT t.subject_id FROM ledger_transactions t LEFT JOIN withdrawals w "
        "ON w.id = t.subject_id WHERE t.outcome = 3 AND w.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "payment " + hex16(row.integer(0)) +
                           " is booked as a withdrawal, and there is no such withdrawal");
        });
    stories(reader, proof);
    return proof;
}

}  // namespace lango::ledger
