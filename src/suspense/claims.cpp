#include "suspense/claims.hpp"

#include "store/columns.hpp"

namespace lango::suspense {

namespace {

using store::Column;
using Rows =
    store::Table<Claim, "paybill_claims",
                 Column<"receipt", &Claim::receipt, store::Plain, store::Life::key>,
                 Column<"id", &Claim::id>, Column<"at", &Claim::at>,
                 Column<"amount", &Claim::amount, store::Kes>,
                 Column<"reference", &Claim::reference>, Column<"phone", &Claim::phone>,
                 Column<"about_id", &Claim::about>, Column<"shortcode", &Claim::shortcode>>;

Claim from_row(const store::Row& row) {
    Claim claim;
    Rows::read(row, claim);
    return claim;
}

}  // namespace

std::int64_t keep_claim(store::Tx& tx, const Claim& claim, std::int64_t fresh_id) {
    auto kept = claim;
    kept.id = fresh_id;
    Rows::insert<"ON CONFLICT (receipt) DO NOTHING">(tx, kept);
    return tx
        .first(
            "SELECT id FROM paybill_claims WHERE receipt = ?1",
            [](const store::Row& row) { return row.integer(0); }, claim.receipt)
        .value_or(fresh_id);
}

std::optional<Claim> find_claim(store::Reader& reader, std::string_view receipt) {
    return reader.first(Rows::select<"FROM paybill_claims WHERE receipt = ?1">, from_row, receipt);
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
        Rows::select<"FROM paybill_claims WHERE settled_at IS NULL AND dismissed_at IS NULL "
                     "ORDER BY at LIMIT ?1">,
        [&](const store::Row& row) { found.push_back(from_row(row)); }, limit);
    return found;
}

}  // namespace lango::suspense
