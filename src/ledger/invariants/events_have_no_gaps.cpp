#include "ledger/invariants/events_have_no_gaps.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

namespace {

#define LANGO_UNTOLD_STATE                               \
    "SELECT d.id FROM deposits d JOIN deposit_events e " \
    "ON e.deposit_id = d.id AND e.number = d.events WHERE e.state <> d.state"
#define LANGO_POSTBACK_MISSING_OR_TOO_MANY                                            \
    "SELECT d.id, b.id FROM deposits d LEFT JOIN postbacks b ON b.subject_id = d.id " \
    "WHERE (d.state = 6) <> (b.id IS NOT NULL)"

std::string has_gaps(const store::Row& row) {
    return "deposit " + hex16(row.integer(0)) + " counts " + std::to_string(row.integer(1)) +
           " events, has " + std::to_string(row.integer(2)) + ", numbered from " +
           std::to_string(row.integer(3)) + " to " + std::to_string(row.integer(4));
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
    expect_none(reader, name(),
                "SELECT d.id, d.events, COUNT(e.number), COALESCE(MIN(e.number), 0), "
                "COALESCE(MAX(e.number), 0) FROM deposits d LEFT JOIN deposit_events e "
                "ON e.deposit_id = d.id WHERE d.id = ?1 GROUP BY d.id, d.events "
                "HAVING d.events <> COUNT(e.number) OR d.events <> COALESCE(MAX(e.number), 0) "
                "OR MIN(e.number) <> 1",
                subject_id, has_gaps);
    expect_none(reader, name(), LANGO_UNTOLD_STATE " AND d.id = ?1", subject_id, untold);
    expect_none(reader, name(), LANGO_POSTBACK_MISSING_OR_TOO_MANY " AND d.id = ?1", subject_id,
                postback_missing);
}

Proof EventsHaveNoGaps::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "events", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM deposit_events");
    reader.each(
        "SELECT d.id, d.events, COALESCE(s.n, 0), COALESCE(s.low, 0), COALESCE(s.top, 0) "
        "FROM deposits d LEFT JOIN (SELECT deposit_id, COUNT(*) AS n, MIN(number) AS low, "
        "MAX(number) AS top FROM deposit_events GROUP BY deposit_id) s ON s.deposit_id = d.id "
        "WHERE d.events <> COALESCE(s.n, 0) OR d.events <> COALESCE(s.top, 0) OR s.low <> 1",
        [&](const store::Row& row) { add(proof, has_gaps(row)); });
    reader.each(
        "SELECT DISTINCT e.deposit_id FROM deposit_events e LEFT JOIN deposits d "
        "ON d.id = e.deposit_id WHERE d.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "events of deposit " + hex16(row.integer(0)) + ", which does not exist");
        });
    reader.each(LANGO_UNTOLD_STATE, [&](const store::Row& row) { add(proof, untold(row)); });
    reader.each(LANGO_POSTBACK_MISSING_OR_TOO_MANY,
                [&](const store::Row& row) { add(proof, postback_missing(row)); });
    return proof;
}

}  // namespace lango::ledger
