#include "withdrawals/lost.hpp"

#include "ledger/ledger.hpp"
#include "rails/receipt.hpp"
#include "store/columns.hpp"

namespace lango::withdrawals {

namespace {

using store::Column;
using store::Life;
using Rows = store::Table<
    LostPayout, "lost_payouts", Column<"receipt", &LostPayout::receipt, store::Plain, Life::key>,
    Column<"withdrawal_id", &LostPayout::id>, Column<"amount", &LostPayout::amount, store::Kes>,
    Column<"payout_id", &LostPayout::payout_id>, Column<"phone", &LostPayout::phone>,
    Column<"told_at", &LostPayout::told_at>,
    store::Unread<Column<"settled_as", &LostPayout::settled_as>>,
    Column<"shortcode", &LostPayout::shortcode>>;

LostPayout from_row(const store::Row& row) {
    LostPayout found;
    Rows::read(row, found);
    return found;
}

// A payment goes back from the account that it came to.
std::optional<std::int64_t> account_of(store::Reader& reader, const std::string& reversed) {
    if (reversed.empty()) return std::nullopt;
    return reader.first(
        "SELECT a.owner FROM receipts r JOIN postings p ON p.subject_id = r.subject_id "
        "AND p.outcome = r.outcome AND p.line = 1 JOIN accounts a ON a.id = p.account_id "
        "WHERE r.receipt = ?1 AND a.kind = " LANGO_ACCOUNT_RAIL,
        [](const store::Row& row) { return row.integer(0); }, reversed);
}

struct Unnamed {
    std::optional<Money> amount;
    bool settled = false;
};
std::optional<Unnamed> told_without_receipt(store::Reader& reader, WithdrawalId id) {
    return reader.first(
        "SELECT amount, settled_at FROM lost_payouts WHERE receipt = ?1",
        [](const store::Row& row) {
            Unnamed found{.amount = std::nullopt, .settled = !row.is_null(1)};
            if (!row.is_null(0)) found.amount = Money{row.integer(0), Currency::kes()};
            return found;
        },
        hex16(id.value()));
}

bool is_told(store::Reader& reader, WithdrawalId id) {
    return reader
        .first(
            "SELECT 1 FROM lost_payouts WHERE withdrawal_id = ?1",
            [](const store::Row&) { return true; }, id)
        .has_value();
}

std::int64_t left_from(store::Reader& reader, const rails::PayoutSeen& seen,
                       std::int64_t otherwise) {
    if (seen.shortcode != 0) return seen.shortcode;
    return account_of(reader, seen.reversed).value_or(otherwise);
}

}  // namespace

void keep_lost(store::Tx& tx, WithdrawalId id, const rails::PayoutSeen& seen,
               std::int64_t shortcode, Instant now) {
    if (seen.fate != rails::PayoutFate::paid) return;
    const auto receipt = rails::read_receipt(seen.receipt);
    auto amount = seen.amount;
    if (const auto before = told_without_receipt(tx, id)) {
        if (!receipt || before->settled) return;
        if (!amount) amount = before->amount;
        tx.run("DELETE FROM lost_payouts WHERE receipt = ?1", hex16(id.value()));
    } else if (!receipt && is_told(tx, id)) {
        return;
    }
    Rows::insert<"ON CONFLICT (receipt) DO NOTHING">(
        tx, {.id = id,
             .receipt = receipt.value_or(hex16(id.value())),
             .amount = amount,
             .payout_id = seen.our_id,
             .phone = seen.recipient ? seen.recipient->raw() : std::string{},
             .told_at = now,
             .shortcode = left_from(tx, seen, shortcode)});
}

void settle_lost(store::Tx& tx, std::string_view receipt, std::string_view payout_id, Instant now,
                 std::string_view as) {
    tx.run(
        "UPDATE lost_payouts SET settled_at = ?3, settled_as = ?4 WHERE settled_at IS NULL "
        "AND (receipt = ?1 OR (payout_id = ?2 AND payout_id <> '' "
        "AND receipt = printf('%016x', withdrawal_id)))",
        receipt, payout_id, now, as);
}

std::vector<LostPayout> open_lost(store::Reader& reader, std::int64_t limit) {
    std::vector<LostPayout> found;
    reader.each(
        Rows::select<"FROM lost_payouts WHERE settled_at IS NULL ORDER BY told_at LIMIT ?1">,
        [&](const store::Row& row) { found.push_back(from_row(row)); }, limit);
    return found;
}

Claimed book_lost(store::Tx& tx, std::string_view receipt, MerchantId merchant,
                  std::int64_t shortcode, std::optional<Money> amount, Instant now) {
    const auto lost =
        tx.first(Rows::select<"FROM lost_payouts WHERE receipt = ?1 AND settled_at IS NULL">,
                 from_row, receipt);
    if (!lost) return Claimed::no_such;
    if (lost->amount) amount = lost->amount;
    if (!amount) return Claimed::no_amount;
    if (lost->shortcode != 0) shortcode = lost->shortcode;
    const auto booked = ledger::book(
        tx, {.subject_id = lost->id.value(),
             .outcome = ledger::Outcome::withdrawal_paid_uncovered,
             .booked_at = now,
             .postings = {{{.kind = ledger::AccountKind::rail, .owner = shortcode}, *amount},
                          {{.kind = ledger::AccountKind::receivable, .owner = merchant.value()},
                           -*amount}},
             .receipt = receipt,
             .amount = *amount});
    if (booked != ledger::Booked::now) return Claimed::receipt_used;
    settle_lost(tx, receipt, "", now, "receivable");
    return Claimed::booked;
}

}  // namespace lango::withdrawals
