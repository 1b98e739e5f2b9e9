// For tests: a book in memory, written by the commands that the gateway uses, and rows of what
// stands beside it as the gateway writes them.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"
#include "store/store_fixture.hpp"

namespace lango::ledger::test {

inline const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};
inline constexpr AccountRef rail{.kind = AccountKind::rail, .owner = 174379};
inline constexpr AccountRef merchant{.kind = AccountKind::merchant, .owner = 1};
inline constexpr AccountRef fees{.kind = AccountKind::fees, .owner = 0};
inline constexpr AccountRef suspense{.kind = AccountKind::suspense, .owner = 0};

inline Money minor(std::int64_t amount, Currency currency = Currency::kes()) {
    return Money{amount, currency};
}

// The row of money in suspense as src/suspense leaves it; nothing where there is one.
inline void insert_item(store::Tx& tx, std::int64_t id, Money amount, const std::string& receipt) {
    tx.run(
        "INSERT INTO suspense_items (id, receipt, amount, allocated, reason, reference, phone, "
        "paid_at, booked_at, allocated_by) SELECT ?1, ?2, ?3, 0, 1, '', '', 0, 0, '' "
        "WHERE NOT EXISTS (SELECT 1 FROM receipts WHERE receipt = ?2) "
        "AND NOT EXISTS (SELECT 1 FROM suspense_items WHERE id = ?1 OR receipt = ?2)",
        id, receipt, amount.minor());
}

class Book : public store::test::MemoryStore {
  public:
    Booked book(std::int64_t subject, std::vector<Posting> postings,
                std::optional<std::string> receipt = std::nullopt,
                Outcome outcome = Outcome::deposit_paid) {
        const auto amount = -postings.front().amount;
        return write([&](store::Tx& tx) {
            return ledger::book(tx, {.subject_id = subject,
                                     .outcome = outcome,
                                     .booked_at = start,
                                     .postings = postings,
                                     .receipt = receipt,
                                     .amount = amount});
        });
    }
    // A deposit that the rail paid: the merchant gets what the fee leaves.
    Booked pay(std::int64_t subject, Money amount, Money fee, const std::string& receipt) {
        return book(subject, {{rail, -amount}, {merchant, amount - fee}, {fees, fee}}, receipt);
    }
    Booked to_suspense(std::int64_t subject, Money amount, const std::string& receipt) {
        write([&](store::Tx& tx) { insert_item(tx, subject, amount, receipt); });
        return book(subject, {{rail, -amount}, {suspense, amount}}, receipt,
                    Outcome::deposit_to_suspense);
    }
    bool hold(std::int64_t subject, Money amount, AccountRef account = merchant) {
        return write([&](store::Tx& tx) { return ledger::hold(tx, subject, account, amount); });
    }
    void release(std::int64_t subject) {
        write([&](store::Tx& tx) { ledger::release(tx, subject); });
    }
    // The hold's money leaves through the rail.
    Booked capture(std::int64_t subject, Money amount) {
        return write([&](store::Tx& tx) {
            ledger::capture(tx, subject);
            return ledger::book(tx, {.subject_id = subject,
                                     .outcome = Outcome::deposit_to_suspense,
                                     .booked_at = start,
                                     .postings = {{merchant, -amount}, {rail, amount}},
                                     .receipt = "OUT" + std::to_string(subject),
                                     .amount = amount});
        });
    }

    Balance balance(AccountRef account) {
        return *write([&](store::Tx& tx) { return std::optional{ledger::balance(tx, account)}; });
    }
    // Posted and held, in minor units.
    std::pair<std::int64_t, std::int64_t> stands(AccountRef account) {
        const auto found = balance(account);
        return {found.posted.minor(), found.held.minor()};
    }
    std::vector<Proof> prove() {
        return write([](store::Tx& tx) { return prove_all(tx); });
    }
    // "Law: text" a line; "" when every law holds.
    std::string broken_laws() {
        std::string broken;
        for (const auto& proof : prove()) {
            for (const auto& finding : proof.findings) {
                broken += finding.law + ": " + finding.text + "\n";
            }
        }
        return broken;
    }
};

// The rows of a deposit as src/deposits leaves them: state 6 is paid, 7 failed; a paid one has its
// postback, converted with rate table 1.
inline void insert_deposit(store::Tx& tx, std::int64_t id, Money amount,
                           const std::optional<std::string>& receipt) {
    const int state = receipt ? 6 : 7;
    tx.run(
        "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
        "currency, state, events, tries, receipt, flags, created_at) "
        "VALUES (?1, 1, ?2, 'user', 254712345678, ?3, 'KES', ?4, 2, 0, ?5, 0, 0)",
        id, hex16(id), amount.minor(), state, receipt);
    for (int number = 1; number <= 2; ++number) {
        tx.run(
            "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
            "VALUES (?1, ?2, 0, ?3, 1, '')",
            id, number, number == 2 ? state : 1);
    }
    if (!receipt) return;
    tx.run(
        "INSERT INTO postbacks (number, id, subject_id, merchant_id, state, attempts, created_at, "
        "rates_id, amount, currency, head, tail, digest) SELECT COALESCE(MAX(number), 0) + 1, "
        "?1 + 1000, ?1, 1, 2, 1, 0, 1, ?2, 'KES', '', '', ?3 FROM postbacks",
        id, amount.minor(), store::Blob{"0123456789abcdef0123456789abcdef"});
}

inline void insert_rates(store::Tx& tx) {
    tx.run(
        "INSERT INTO rate_tables (id, source, as_of, imported_at, rates) "
        "VALUES (1, 'test', 0, 0, '{}')");
}

}  // namespace lango::ledger::test
