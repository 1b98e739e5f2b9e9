#include "ledger/invariants/one_booking_per_outcome.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void OneBookingPerOutcome::check_change(store::Reader& /*reader*/,
                                        const Transaction& /*change*/) const {
    // The primary key of ledger_transactions keeps it on every change.
}

Proof OneBookingPerOutcome::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "deposits", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM deposits");
    reader.each(
        "SELECT d.id, t.subject_id FROM deposits d LEFT JOIN ledger_transactions t "
        "ON t.subject_id = d.id AND t.outcome = 1 "
        "WHERE (d.state = 6) <> (t.subject_id IS NOT NULL)",
        [&](const store::Row& row) {
            add(proof,
                "deposit " + hex16(row.integer(0)) +
                    (row.is_null(1) ? " is paid and not booked" : " is booked and not paid"));
        });
    reader.each(
        "SELECT t.subject_id FROM ledger_transactions t LEFT JOIN deposits d "
        "ON d.id = t.subject_id WHERE t.outcome = 1 AND d.id IS NULL",
        [&](const store::Row& row) {
            add(proof, "payment " + hex16(row.integer(0)) +
                           " is booked as a deposit, and there is no such deposit");
        });
    return proof;
}

}  // namespace lango::ledger
