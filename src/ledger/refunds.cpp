#include <utility>

#include "base/typed.hpp"
#include "ledger/ledger.hpp"
#include "ledger/refund_gone.hpp"
#include "store/words.hpp"

namespace lango::ledger {

std::string meant_receipt(store::Reader& reader, const std::string& text) {
    const auto booked = [&](const std::string& receipt) {
        return reader
            .first(
                "SELECT 1 FROM receipts WHERE receipt = ?1", [](const store::Row&) { return true; },
                receipt)
            .has_value();
    };
    if (booked(text)) return text;
    auto read = typed::code(text);
    if (booked(read)) return read;
    // One of before, that stands as it was told then.
    const auto odd = reader.first(
        "SELECT receipt FROM odd_receipts WHERE reads = ?1",
        [](const store::Row& row) { return row.string(0); }, read);
    return odd.value_or(std::move(read));
}

Money captured(store::Reader& reader, std::string_view receipt) {
    return reader
        .first(
            "SELECT amount FROM receipts WHERE receipt = ?1 AND outcome IN (" LANGO_BOOKED_IN ")",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, receipt)
        .value_or(Money::zero());
}

Money refunded(store::Reader& reader, std::string_view receipt, std::optional<DepositId> deposit) {
    return reader
        .first(
            "SELECT COALESCE(SUM(" LANGO_REFUND_GONE
            "), 0) FROM refunds f "
            "JOIN withdrawals w ON w.id = f.withdrawal_id "
            "WHERE f.receipt = ?1 AND (?2 IS NULL OR f.deposit_id = ?2)",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, receipt,
            deposit)
        .value_or(Money::zero());
}

}  // namespace lango::ledger
