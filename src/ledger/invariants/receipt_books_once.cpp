#include "ledger/invariants/receipt_books_once.hpp"

#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

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

namespace {

void booked(store::Reader& reader, const Slice& slice, Proof& proof) {
    count(reader, proof, "SELECT COUNT(*) FROM receipts WHERE receipt > ?1 AND receipt <= ?2",
          slice.after, slice.up_to);
    reader.each(
        "SELECT r.receipt, r.amount, CASE WHEN r.outcome IN (" LANGO_BOOKED_OUT
        ") THEN p.amount ELSE -p.amount END AS booked FROM receipts r LEFT JOIN postings p ON "
        "p.subject_id = r.subject_id AND p.outcome = r.outcome AND p.line = 1 "
        "WHERE r.receipt > ?1 AND r.receipt <= ?2 AND (p.amount IS NULL OR "
        "CASE WHEN r.outcome IN (" LANGO_BOOKED_OUT
        ") THEN p.amount ELSE -p.amount END <> r.amount)",
        [&](const store::Row& row) {
            add(proof, "receipt " + row.string(0) + " of " + std::to_string(row.integer(1)) +
                           (row.is_null(2) ? std::string{" is not booked"}
                                           : ": booked was " + std::to_string(row.integer(2))));
        },
        slice.after, slice.up_to);
}

std::string paid_otherwise(const store::Row& row) {
    const auto receipt = row.maybe_string(1).value_or("(none)");
    const auto owner = row.maybe_integer(3);
    const bool own = owner == row.integer(0);
    return "deposit " + hex16(row.integer(0)) + " of " + std::to_string(row.integer(2)) +
           " is paid by receipt " + receipt +
           (own      ? " of " + std::to_string(row.integer(4))
            : !owner ? ", which books nothing"
                     : ", which belongs to payment " + hex16(*owner));
}

void paid_as_booked(store::Reader& reader, const Slice& slice, Proof& proof) {
    find(reader, proof, slice,
         "SELECT d.id, d.receipt, d.amount, r.subject_id, r.amount FROM deposits d "
         "JOIN ledger_transactions t ON t.subject_id = d.id AND t.outcome = " LANGO_BOOKED_DEPOSIT
         " LEFT JOIN receipts r ON r.receipt = d.receipt LEFT JOIN suspense_items i ON i.receipt = "
         "d.receipt AND i.credited_id = d.id "
         "WHERE d.id BETWEEN ?1 AND ?2 AND d.state = " LANGO_DEPOSIT_PAID
         " AND (r.subject_id IS NULL OR CASE WHEN i.id IS NULL THEN r.subject_id <> d.id OR "
         "r.outcome <> " LANGO_BOOKED_DEPOSIT
         " OR r.amount <> d.amount ELSE r.subject_id <> i.id OR i.allocated <> d.amount END)",
         paid_otherwise);
}

}  // namespace

void ReceiptBooksOnce::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk == Slice::Walk::receipts) booked(reader, slice, proof);
    if (slice.walk != Slice::Walk::subjects) return;
    if (!slice.is_payout) paid_as_booked(reader, slice, proof);
    // Money without an item is another law's; the last list is made only where there is such money.
    find(reader, proof, slice,
         "SELECT t.subject_id, t.outcome FROM ledger_transactions t "
         "LEFT JOIN suspense_items i ON i.id = t.subject_id "
         "LEFT JOIN receipts r ON r.receipt = i.receipt AND r.subject_id = t.subject_id "
         "AND r.outcome = " LANGO_BOOKED_TO_SUSPENSE
         " WHERE t.subject_id BETWEEN ?1 AND ?2 AND ((t.outcome = " LANGO_BOOKED_TO_SUSPENSE
         " AND i.id IS NOT NULL AND r.receipt IS NULL) OR (t.outcome = " LANGO_BOOKED_UNCOVERED
         " AND t.subject_id NOT IN (SELECT subject_id FROM receipts WHERE outcome "
         "= " LANGO_BOOKED_UNCOVERED ")))",
         [](const store::Row& row) {
             return transaction_text(row) + ": is booked without a receipt";
         });
}

}  // namespace lango::ledger
