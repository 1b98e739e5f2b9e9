#include "app/counted.hpp"

#include "ops/metrics.hpp"
#include "store/words.hpp"
#include "withdrawals/state.hpp"

namespace lango::app {

namespace {

Suspended suspended(store::Reader& reader) {
    Suspended found;
    reader.each(
        "SELECT COUNT(*), COALESCE(SUM(amount - allocated), 0), MIN(booked_at) "
        "FROM suspense_items WHERE allocated < amount",
        [&](const store::Row& row) {
            found.items = row.integer(0);
            found.cents = row.integer(1);
            if (!row.is_null(2)) found.oldest = row.instant(2);
        });
    return found;
}

std::vector<CountedAccount> accounts(store::Reader& reader) {
    std::vector<CountedAccount> found;
    reader.each(
        "SELECT kind, owner, balance FROM accounts WHERE currency = 'KES' "
        "ORDER BY CASE kind WHEN " LANGO_ACCOUNT_MERCHANT " THEN 1 WHEN " LANGO_ACCOUNT_RECEIVABLE
        " THEN 2 ELSE 0 END, owner LIMIT ?1",
        [&](const store::Row& row) {
            found.push_back({.kind = static_cast<ledger::AccountKind>(row.integer(0)),
                             .owner = row.integer(1),
                             .cents = row.integer(2)});
        },
        accounts_max);
    return found;
}

// Tests move no money, and a withdrawal that failed has moved none.
std::vector<Told> told(store::Reader& reader, std::int64_t after) {
    std::vector<Told> found;
    reader.each(
        "SELECT p.number, p.merchant_id, p.amount, w.id FROM postbacks p "
        "LEFT JOIN withdrawals w ON w.id = p.subject_id "
        "WHERE p.number > ?1 AND p.currency = 'KES' AND "
        "(w.id IS NULL OR (w.state = ?2 AND w.kind <> ?3)) ORDER BY p.number LIMIT ?4",
        [&](const store::Row& row) {
            found.push_back({.number = row.integer(0),
                             .merchant = MerchantId{row.integer(1)},
                             .is_in = row.is_null(3),
                             .cents = row.integer(2)});
        },
        after, withdrawals::State::paid, withdrawals::Kind::test, told_max);
    return found;
}

std::vector<std::string> codes(store::Reader& reader, const std::vector<DepositId>& failed) {
    std::vector<std::string> found;
    for (const auto id : failed) {
        const auto code = reader.first(
            "SELECT COALESCE(result_code, '') FROM deposits WHERE id = ?1",
            [](const store::Row& row) { return row.string(0); }, id);
        if (code) found.push_back(code->empty() ? "none" : *code);
    }
    return found;
}

}  // namespace

Counted count(store::Reader& reader, Instant now, std::int64_t told_to,
              const std::vector<DepositId>& failed) {
    Counted found{.open = deposits::count_open(reader),
                  .attention = deposits::count_attention(reader),
                  .ages = {},
                  .postbacks = postbacks::backlog(reader),
                  .set_aside = recovery::count_set_aside(reader),
                  .suspense = suspended(reader),
                  .accounts = accounts(reader),
                  .told = told(reader, told_to),
                  .codes = codes(reader, failed)};
    for (const auto since : deposits::open_since(reader)) {
        ++found.ages[ops::pending_age(now - since)];
    }
    return found;
}

std::int64_t latest_postback(store::Reader& reader) {
    return reader
        .first("SELECT COALESCE(MAX(number), 0) FROM postbacks",
               [](const store::Row& row) { return row.integer(0); })
        .value_or(0);
}

}  // namespace lango::app
