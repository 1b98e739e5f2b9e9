#include "ledger/invariants/receipt_books_once.hpp"

#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

namespace {

// What the first posting, the rail's, must be: a credit when money left, a debit when it came.
std::int64_t expected(const Transaction& change) {
    const bool left = change.outcome == Outcome::withdrawal_paid ||
                      change.outcome == Outcome::withdrawal_paid_uncovered;
    return left ? change.amount.minor() : -change.amount.minor();
}

}  // namespace

void ReceiptBooksOnce::check_change(store::Reader& /*reader*/, const Transaction& change) const {
    if (!change.receipt) return;
    if (change.postings.front().amount.minor() != expected(change)) {
        throw LawBroken{"ReceiptBooksOnce: payment " + hex16(change.subject_id) +
                        " books another amount than its receipt's"};
    }
}

Proof ReceiptBooksOnce::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "receipts", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM receipts");
    reader.each(
        "SELECT r.receipt, r.amount, CASE WHEN r.outcome IN (3, 4) THEN p.amount "
        "ELSE -p.amount END AS booked FROM receipts r LEFT JOIN postings p "
        "ON p.subject_id = r.subject_id AND p.outcome = r.outcome AND p.line = 1 "
        "WHERE p.amount IS NULL OR "
        "CASE WHEN r.outcome IN (3, 4) THEN p.amount ELSE -p.amount END <> r.amount",
        [&](const store::Row& row) {
            add(proof, "receipt " + row.string(0) + " of " + std::to_string(row.integer(1)) +
                           (row.is_null(2) ? std::string{" is not booked"}
                                           : ": booked was " + std::to_string(row.integer(2))));
        });
    reader.each(
        "SELECT d.id, d.receipt, d.amount, r.subject_id, r.amount FROM deposits d "
        "JOIN ledger_transactions t ON t.subject_id = d.id AND t.outcome = 1 "
        "LEFT JOIN receipts r ON r.receipt = d.receipt "
        "LEFT JOIN suspense_items i ON i.receipt = d.receipt AND i.credited_id = d.id "
        "WHERE d.state = 6 AND (r.subject_id IS NULL OR "
        "CASE WHEN i.id IS NULL THEN r.subject_id <> d.id OR r.outcome <> 1 OR r.amount <> "
        "d.amount "
        "ELSE r.subject_id <> i.id OR i.allocated <> d.amount END)",
        [&](const store::Row& row) {
            const auto receipt = row.maybe_string(1).value_or("(none)");
            const auto owner = row.maybe_integer(3);
            const bool own = owner == row.integer(0);
            add(proof, "deposit " + hex16(row.integer(0)) + " of " +
                           std::to_string(row.integer(2)) + " is paid by receipt " + receipt +
                           (own      ? " of " + std::to_string(row.integer(4))
                            : !owner ? ", which books nothing"
                                     : ", which belongs to payment " + hex16(*owner)));
        });
    reader.each(
        "SELECT t.subject_id, t.outcome FROM ledger_transactions t LEFT JOIN receipts r "
        "ON r.subject_id = t.subject_id AND r.outcome = t.outcome "
        "WHERE t.outcome IN (2, 4) AND r.receipt IS NULL",
        [&](const store::Row& row) {
            add(proof, transaction_text(row) + ": is booked without a receipt");
        });
    return proof;
}

}  // namespace lango::ledger
