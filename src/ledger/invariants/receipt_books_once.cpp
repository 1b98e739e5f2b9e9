#include "ledger/invariants/receipt_books_once.hpp"

#include <cstdlib>

#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void ReceiptBooksOnce::check_change(store::Reader& /*reader*/, const Transaction& change) const {
    if (!change.receipt) return;
    // The rail's posting stands first: money that came is a debit of it, money that left a credit.
    if (std::abs(change.postings.front().amount.minor()) != change.amount.minor()) {
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
        "WHERE p.amount IS NULL OR ABS(p.amount) <> r.amount",
        [&](const store::Row& row) {
            add(proof,
                "receipt " + row.string(0) + " of " + std::to_string(row.integer(1)) +
                    (row.is_null(2) ? std::string{" is not booked"}
                                    : ": booked was " + std::to_string(std::abs(row.integer(2)))));
        });
    reader.each(
        "SELECT d.id, d.receipt, d.amount, r.subject_id, r.amount FROM deposits d "
        "JOIN ledger_transactions t ON t.subject_id = d.id AND t.outcome = 1 "
        "LEFT JOIN receipts r ON r.receipt = d.receipt WHERE d.state = 6 AND "
        "(r.subject_id IS NULL OR r.subject_id <> d.id OR r.outcome <> 1 OR r.amount <> d.amount)",
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
        "SELECT t.subject_id, t.outcome FROM ledger_transactions t WHERE t.outcome = 2 "
        "AND t.subject_id NOT IN (SELECT subject_id FROM receipts WHERE outcome = 2)",
        [&](const store::Row& row) {
            add(proof, transaction_text(row) + ": is booked without a receipt");
        });
    return proof;
}

}  // namespace lango::ledger
