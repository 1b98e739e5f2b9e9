#include "ledger/invariants/events_have_no_gaps.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void EventsHaveNoGaps::check_change(store::Reader& /*reader*/,
                                    const Transaction& /*change*/) const {
    // Events are appended by the one function that changes a deposit (deposits/deposit.cpp).
}

Proof EventsHaveNoGaps::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "events", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM deposit_events");
    reader.each(
        "SELECT d.id, d.events, COALESCE(s.n, 0), COALESCE(s.low, 0), COALESCE(s.top, 0) "
        "FROM deposits d LEFT JOIN (SELECT deposit_id, COUNT(*) AS n, MIN(number) AS low, "
        "MAX(number) AS top FROM deposit_events GROUP BY deposit_id) s ON s.deposit_id = d.id "
        "WHERE d.events <> COALESCE(s.n, 0) OR d.events <> COALESCE(s.top, 0) OR s.low <> 1",
        [&](const store::Row& row) {
            add(proof,
                "deposit " + hex16(row.integer(0)) + " counts " + std::to_string(row.integer(1)) +
                    " events, has " + std::to_string(row.integer(2)) + ", numbered from " +
                    std::to_string(row.integer(3)) + " to " + std::to_string(row.integer(4)));
        });
    reader.each(
        "SELECT DISTINCT e.deposit_id FROM deposit_events e LEFT JOIN deposits d "
        "ON d.id = e.deposit_id WHERE d.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "events of deposit " + hex16(row.integer(0)) + ", which does not exist");
        });
    reader.each(
        "SELECT d.id FROM deposits d JOIN deposit_events e "
        "ON e.deposit_id = d.id AND e.number = d.events WHERE e.state <> d.state",
        [&](const store::Row& row) {
            add(proof, "deposit " + hex16(row.integer(0)) +
                           " is in a state that its last event does not tell");
        });
    reader.each(
        "SELECT d.id, b.id FROM deposits d LEFT JOIN postbacks b ON b.subject_id = d.id "
        "WHERE (d.state = 6) <> (b.id IS NOT NULL)",
        [&](const store::Row& row) {
            add(proof, "deposit " + hex16(row.integer(0)) +
                           (row.is_null(1) ? " is paid and has no postback"
                                           : " is not paid and has a postback"));
        });
    return proof;
}

}  // namespace lango::ledger
