#include "suspense/claims.hpp"

namespace lango::suspense {

namespace {

#define LANGO_CLAIM_COLUMNS "receipt, at, amount, reference, phone, about_id, shortcode"

Claim from_row(const store::Row& row) {
    const auto about = row.maybe_integer(5);
    return {.receipt = row.string(0),
            .at = row.instant(1),
            .amount = Money{row.integer(2), Currency::kes()},
            .reference = row.string(3),
            .phone = row.string(4),
            .about = about ? std::optional{DepositId{*about}} : std::nullopt,
            .shortcode = row.integer(6)};
}

}  // namespace

std::int64_t keep_claim(store::Tx& tx, const Claim& claim, std::int64_t fresh_id) {
    tx.run(
        "INSERT INTO paybill_claims (receipt, id, at, amount, reference, phone, about_id, "
        "shortcode) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (receipt) DO NOTHING",
        claim.receipt, fresh_id, claim.at, claim.amount.minor(), claim.reference, claim.phone,
        claim.about, claim.shortcode);
    return tx
        .first(
            "SELECT id FROM paybill_claims WHERE receipt = ?1",
            [](const store::Row& row) { return row.integer(0); }, claim.receipt)
        .value_or(fresh_id);
}

std::optional<Claim> find_claim(store::Reader& reader, std::string_view receipt) {
    return reader.first("SELECT " LANGO_CLAIM_COLUMNS " FROM paybill_claims WHERE receipt = ?1",
                        from_row, receipt);
}

void settle_claim(store::Tx& tx, std::string_view receipt, Instant now) {
    tx.run("UPDATE paybill_claims SET settled_at = ?2 WHERE receipt = ?1 AND settled_at IS NULL",
           receipt, now);
}

bool dismiss_claim(store::Tx& tx, std::string_view receipt, Instant now) {
    return tx.run(
               "UPDATE paybill_claims SET dismissed_at = ?2 WHERE receipt = ?1 "
               "AND settled_at IS NULL AND dismissed_at IS NULL",
               receipt, now) > 0;
}

void settle_booked_claims(store::Tx& tx, Instant now) {
    tx.run(
        "UPDATE paybill_claims SET settled_at = ?1 WHERE settled_at IS NULL "
        "AND (receipt IN (SELECT receipt FROM receipts) OR receipt IN "
        "(SELECT reads FROM odd_receipts WHERE reads IS NOT NULL))",
        now);
}

std::optional<ClaimTimes> waiting_claims(store::Reader& reader, Instant since) {
    return reader.first(
        "SELECT MIN(at), MAX(at) FROM paybill_claims WHERE settled_at IS NULL AND dismissed_at IS "
        "NULL "
        "AND at >= ?1 "
        "HAVING COUNT(*) > 0",
        [](const store::Row& row) {
            return ClaimTimes{.oldest = row.instant(0), .newest = row.instant(1)};
        },
        since);
}

std::vector<Claim> open_claims(store::Reader& reader, std::int64_t limit) {
    std::vector<Claim> found;
    reader.each(
        "SELECT " LANGO_CLAIM_COLUMNS
        " FROM paybill_claims WHERE settled_at IS NULL AND dismissed_at IS NULL "
        "ORDER BY at LIMIT ?1",
        [&](const store::Row& row) { found.push_back(from_row(row)); }, limit);
    return found;
}

}  // namespace lango::suspense
