#include "ledger/invariants/receipt_books_once.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void ReceiptBooksOnce::check_change(store::Reader& /*reader*/, const Transaction& change) const {
    if (!change.receipt) return;
    if (change.postings.front().amount.minor() != -change.amount.minor()) {
        throw LawBroken{"ReceiptBooksOnce: payment " + hex16(change.subject_id) +
                        " books another amount than its receipt's"};
    }
}

Proof ReceiptBooksOnce::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "receipts", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM receipts");
    reader.each(
        "SELECT r.receipt, r.amount, p.amount FROM receipts r LEFT JOIN postings p "
        "ON p.subject_id = r.subject_id AND p.outcome = r.outcome AND p.line = 1 "
        "WHERE p.amount IS NULL OR p.amount <> -r.amount",
        [&](const store::Row& row) {
            add(proof, "receipt " + row.string(0) + " of " + std::to_string(row.integer(1)) +
                           " is not what was booked");
        });
    reader.each(
        "SELECT d.id, d.receipt FROM deposits d LEFT JOIN receipts r "
        "ON r.receipt = d.receipt WHERE d.state = 6 AND "
        "(r.subject_id IS NULL OR r.subject_id <> d.id)",
        [&](const store::Row& row) {
            add(proof,
                "deposit " + hex16(row.integer(0)) + " is paid by a receipt that is not its own");
        });
    return proof;
}

}  // namespace lango::ledger
