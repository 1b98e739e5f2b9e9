#include "base/check.hpp"
#include "ledger/accounts.hpp"
#include "ledger/invariants/invariant.hpp"
#include "ledger/ledger.hpp"

namespace lango::ledger {

namespace {

bool is_booked(store::Reader& reader, const Transaction& transaction) {
    return reader
        .first(
            "SELECT 1 FROM ledger_transactions WHERE subject_id = ?1 AND outcome = ?2",
            [](const store::Row&) { return true; }, transaction.subject_id, transaction.outcome)
        .has_value();
}

void post(store::Tx& tx, const Transaction& transaction, int line, const Posting& posting) {
    const auto account = account_id(tx, posting.account);
    const auto posted = tx.run(
        "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        transaction.subject_id, transaction.outcome, line, account, posting.amount.minor());
    LANGO_CHECK(posted == 1, "a posting is one row");
    // An engine may turn a sum that is too large into something else without a word.
    const auto counted = tx.run(
        "UPDATE accounts SET balance = balance + ?2 "
        "WHERE id = ?1 AND balance + ?2 BETWEEN -1000000000000000000 AND 1000000000000000000",
        account, posting.amount.minor());
    LANGO_CHECK(counted <= 1, "a posting changes the balance of one account");
    static_assert(Money::limit == 1'000'000'000'000'000'000);
    if (counted == 0) {
        throw LawBroken{"BalancesEqualPostings: payment " + hex16(transaction.subject_id) +
                        " would take account " + std::to_string(account.value()) +
                        " past what money can count"};
    }
}

// rails/receipt.hpp reads what the rail tells; a receipt of before its time stands in odd_receipts
// and is never booked anew. A blank around it would make it another one.
bool is_normalised(std::string_view receipt, Outcome outcome) {
    constexpr std::string_view blanks{" \t\r\n"};
    if (receipt.empty()) return false;
    // Of a payment that goes back its own, whatever that was, is part of the reversal's.
    if (outcome != Outcome::deposit_paid && outcome != Outcome::deposit_to_suspense) return true;
    return blanks.find(receipt.front()) == std::string_view::npos &&
           blanks.find(receipt.back()) == std::string_view::npos;
}

}  // namespace

bool is_used(store::Reader& reader, std::string_view receipt) {
    return reader
        .first(
            "SELECT 1 FROM receipts WHERE receipt = ?1 "
            "UNION ALL SELECT 1 FROM odd_receipts WHERE reads = ?1",
            [](const store::Row&) { return true; }, receipt)
        .has_value();
}

std::optional<std::int64_t> booked_under(store::Reader& reader, std::string_view receipt) {
    return reader.first(
        "SELECT subject_id FROM receipts WHERE receipt = ?1 "
        "UNION ALL SELECT r.subject_id FROM odd_receipts o JOIN receipts r "
        "ON r.receipt = o.receipt WHERE o.reads = ?1",
        [](const store::Row& row) { return row.integer(0); }, receipt);
}

Booked book(store::Tx& tx, const Transaction& transaction) {
    LANGO_CHECK(transaction.postings.size() >= 2, "money moves between two accounts at least");
    LANGO_CHECK(transaction.subject_id > 0, "what is booked is a payment's");
    LANGO_CHECK(!transaction.receipt || is_normalised(*transaction.receipt, transaction.outcome),
                "a receipt is read before it is booked");
    LANGO_CHECK(!transaction.receipt || transaction.amount.minor() > 0,
                "a receipt is of what came or left");
    if (is_booked(tx, transaction)) return Booked::already;
    // The first thing written decides; a refusal has written nothing.
    if (transaction.receipt) {
        const auto fresh = tx.run(
            "INSERT INTO receipts (receipt, subject_id, outcome, amount) SELECT ?1, ?2, ?3, ?4 "
            "WHERE NOT EXISTS (SELECT 1 FROM odd_receipts WHERE reads = ?1) "
            "ON CONFLICT (receipt) DO NOTHING",
            *transaction.receipt, transaction.subject_id, transaction.outcome,
            transaction.amount.minor());
        LANGO_CHECK(fresh <= 1, "a receipt is one row");
        if (fresh == 0) return Booked::receipt_used;
    }
    const auto booked = tx.run(
        "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) VALUES (?1, ?2, ?3)",
        transaction.subject_id, transaction.outcome, transaction.booked_at);
    LANGO_CHECK(booked == 1, "a payment's outcome is booked once");
    // What adds up all postings meanwhile counts this one in the end (invariants/balance_scan.hpp).
    tx.run(
        "INSERT INTO booked_since (subject_id, outcome) SELECT ?1, ?2 "
        "WHERE EXISTS (SELECT 1 FROM balance_scans)",
        transaction.subject_id, transaction.outcome);
    int line = 0;
    for (const auto& posting : transaction.postings) post(tx, transaction, ++line, posting);
    for (const auto& law : laws()) law->check_change(tx, transaction);
    touch(tx, transaction.subject_id);
    return Booked::now;
}

}  // namespace lango::ledger
