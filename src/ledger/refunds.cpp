#include "ledger/ledger.hpp"

namespace lango::ledger {

// Outcomes 1 and 2 bring money in; 4 left uncovered, after its withdrawal was called failed (7).
Money captured(store::Reader& reader, std::string_view receipt) {
    return reader
        .first(
            "SELECT amount FROM receipts WHERE receipt = ?1 AND outcome IN (1, 2)",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, receipt)
        .value_or(Money::zero());
}

Money refunded(store::Reader& reader, std::string_view receipt) {
    return reader
        .first(
            "SELECT COALESCE(SUM(w.amount), 0) FROM refunds f "
            "JOIN withdrawals w ON w.id = f.withdrawal_id WHERE f.receipt = ?1 "
            "AND (w.state <> 7 OR EXISTS (SELECT 1 FROM ledger_transactions t "
            "WHERE t.subject_id = w.id AND t.outcome = 4))",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, receipt)
        .value_or(Money::zero());
}

Money refunded(store::Reader& reader, std::string_view receipt, DepositId deposit) {
    return reader
        .first(
            "SELECT COALESCE(SUM(w.amount), 0) FROM refunds f "
            "JOIN withdrawals w ON w.id = f.withdrawal_id "
            "WHERE f.receipt = ?1 AND f.deposit_id = ?2 "
            "AND (w.state <> 7 OR EXISTS (SELECT 1 FROM ledger_transactions t "
            "WHERE t.subject_id = w.id AND t.outcome = 4))",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, receipt,
            deposit)
        .value_or(Money::zero());
}

}  // namespace lango::ledger
