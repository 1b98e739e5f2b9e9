#include "paybill/claims.hpp"

namespace lango::paybill {

std::int64_t keep_claim(store::Tx& tx, const rails::PaybillPayment& payment, std::int64_t fresh_id,
                        Instant now) {
    tx.run(
        "INSERT INTO paybill_claims (receipt, id, at, amount, reference, phone) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (receipt) DO NOTHING",
        payment.receipt, fresh_id, now, payment.amount.minor(), payment.reference, payment.phone);
    return tx
        .first(
            "SELECT id FROM paybill_claims WHERE receipt = ?1",
            [](const store::Row& row) { return row.integer(0); }, payment.receipt)
        .value_or(fresh_id);
}

void settle_claim(store::Tx& tx, std::string_view receipt, Instant now) {
    tx.run("UPDATE paybill_claims SET settled_at = ?2 WHERE receipt = ?1 AND settled_at IS NULL",
           receipt, now);
}

void settle_booked_claims(store::Tx& tx, Instant now) {
    tx.run(
        "UPDATE paybill_claims SET settled_at = ?1 WHERE settled_at IS NULL "
        "AND receipt IN (SELECT receipt FROM receipts)",
        now);
}

std::optional<ClaimTimes> waiting_claims(store::Reader& reader, Instant since) {
    return reader.first(
        "SELECT MIN(at), MAX(at) FROM paybill_claims WHERE settled_at IS NULL AND at >= ?1 "
        "HAVING COUNT(*) > 0",
        [](const store::Row& row) {
            return ClaimTimes{.oldest = row.instant(0), .newest = row.instant(1)};
        },
        since);
}

std::vector<Claim> open_claims(store::Reader& reader, std::int64_t limit) {
    std::vector<Claim> found;
    reader.each(
        "SELECT receipt, at, amount, reference, phone FROM paybill_claims "
        "WHERE settled_at IS NULL ORDER BY at LIMIT ?1",
        [&](const store::Row& row) {
            found.push_back({.receipt = row.string(0),
                             .at = row.instant(1),
                             .amount = Money{row.integer(2), Currency::kes()},
                             .reference = row.string(3),
                             .phone = row.string(4)});
        },
        limit);
    return found;
}

}  // namespace lango::paybill
