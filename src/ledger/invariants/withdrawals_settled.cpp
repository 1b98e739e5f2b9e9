#include "ledger/invariants/withdrawals_settled.hpp"

#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

namespace {

// States 1, 6 and 7 are waiting, paid and failed; kinds 2, 3 and 4 manual, test and refund; the
// flag 2 says that the balance did not cover it (withdrawals/state.hpp): it waits without a hold,
// or failed so.
void holds(store::Reader& reader, Proof& proof) {
    reader.each(
        "SELECT w.id, w.amount + w.fee, h.amount FROM withdrawals w "
        "LEFT JOIN holds h ON h.subject_id = w.id "
        "WHERE (w.kind <> 3 AND (w.flags & 2) = 0 AND (h.subject_id IS NULL OR "
        "h.amount <> w.amount + w.fee OR "
        "h.state <> CASE w.state WHEN 6 THEN 2 WHEN 7 THEN 3 ELSE 1 END)) "
        "OR ((w.kind = 3 OR (w.flags & 2) <> 0) AND h.subject_id IS NOT NULL) "
        "OR ((w.flags & 2) <> 0 AND w.state NOT IN (1, 7))",
        [&](const store::Row& row) {
            add(proof, "withdrawal " + hex16(row.integer(0)) + " of " +
                           std::to_string(row.integer(1)) +
                           (row.is_null(2) ? std::string{" has no hold"}
                                           : ": its hold of " + std::to_string(row.integer(2)) +
                                                 " is not as its state says"));
        });
}

void bookings(store::Reader& reader, Proof& proof) {
    reader.each(
        "SELECT w.id FROM withdrawals w LEFT JOIN ledger_transactions t "
        "ON t.subject_id = w.id AND t.outcome = 3 "
        "LEFT JOIN receipts r ON r.receipt = w.receipt AND r.subject_id = w.id AND r.outcome = 3 "
        "WHERE (w.state = 6 AND w.kind <> 3) <> (t.subject_id IS NOT NULL) "
        "OR (w.state = 6 AND w.kind <> 3 AND (r.receipt IS NULL OR r.amount <> w.amount))",
        [&](const store::Row& row) {
            add(proof, "withdrawal " + hex16(row.integer(0)) +
                           ": state, booking and receipt do not agree");
        });
    reader.each(
        "SELECT t.subject_id FROM ledger_transactions t LEFT JOIN withdrawals w "
        "ON w.id = t.subject_id WHERE t.outcome = 3 AND w.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "payment " + hex16(row.integer(0)) +
                           " is booked as a withdrawal, and there is no such withdrawal");
        });
}

void stories(store::Reader& reader, Proof& proof) {
    reader.each(
        "SELECT w.id, w.events, COALESCE(s.n, 0) FROM withdrawals w LEFT JOIN "
        "(SELECT withdrawal_id, COUNT(*) AS n, MIN(number) AS low, MAX(number) AS top "
        "FROM withdrawal_events GROUP BY withdrawal_id) s ON s.withdrawal_id = w.id "
        "WHERE w.events <> COALESCE(s.n, 0) OR w.events <> COALESCE(s.top, 0) OR s.low <> 1",
        [&](const store::Row& row) {
            add(proof, "withdrawal " + hex16(row.integer(0)) + " counts " +
                           std::to_string(row.integer(1)) + " events, has " +
                           std::to_string(row.integer(2)) + ", or their numbers have gaps");
        });
    reader.each(
        "SELECT DISTINCT e.withdrawal_id FROM withdrawal_events e LEFT JOIN withdrawals w "
        "ON w.id = e.withdrawal_id WHERE w.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "events of withdrawal " + hex16(row.integer(0)) + ", which does not exist");
        });
    reader.each(
        "SELECT w.id FROM withdrawals w JOIN withdrawal_events e "
        "ON e.withdrawal_id = w.id AND e.number = w.events WHERE e.state <> w.state",
        [&](const store::Row& row) {
            add(proof, "withdrawal " + hex16(row.integer(0)) +
                           " is in a state that its last event does not tell");
        });
    reader.each(
        "SELECT w.id, b.id FROM withdrawals w LEFT JOIN postbacks b ON b.subject_id = w.id "
        "WHERE (w.state IN (6, 7) AND w.kind NOT IN (2, 4)) <> (b.id IS NOT NULL)",
        [&](const store::Row& row) {
            add(proof, "withdrawal " + hex16(row.integer(0)) +
                           (row.is_null(1) ? " has ended and has no postback"
                                           : " has a postback that it must not have"));
        });
}

}  // namespace

void WithdrawalsSettled::check_change(store::Reader& /*reader*/, const Transaction&) const {
    // The commands that end a withdrawal change hold, booking and row together.
}

Proof WithdrawalsSettled::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "withdrawals", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM withdrawals");
    holds(reader, proof);
    bookings(reader, proof);
    stories(reader, proof);
    return proof;
}

}  // namespace lango::ledger
