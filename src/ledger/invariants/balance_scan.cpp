#include "ledger/invariants/balance_scan.hpp"

#include <limits>

#include "ledger/invariants/balances_equal_postings.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/errors.hpp"

namespace lango::ledger {

namespace {

constexpr auto last_id = std::numeric_limits<std::int64_t>::max();

std::int64_t countable(__int128 sum, std::int64_t account) {
    if (sum > last_id || sum < std::numeric_limits<std::int64_t>::min()) {
        throw store::Broken{"the postings of account " + std::to_string(account) +
                            " sum to more than can be counted"};
    }
    return static_cast<std::int64_t>(sum);
}

}  // namespace

void PostingSums::compare(store::Reader& reader, Proof& proof) const {
    auto without = sums_;
    reader.each("SELECT id, kind, owner, currency, balance FROM accounts ORDER BY id",
                [&](const store::Row& row) {
                    const auto found = without.extract(row.integer(0));
                    const auto sum = found.empty() ? 0 : countable(found.mapped(), row.integer(0));
                    if (row.integer(4) == sum) return;
                    ledger::add(proof, account_text(row) + ": its balance is " +
                                           off_by(row.integer(4), sum) +
                                           " than its postings sum to");
                });
    for (const auto& [account, sum] : without) {
        ledger::add(proof,
                    "postings to account " + std::to_string(account) + ", which does not exist");
    }
}

void BalanceScan::begin(store::Tx& tx) {
    end(tx);  // of one that was not ended
    tx.run("INSERT INTO balance_scans (begun) VALUES (1)");
}

void BalanceScan::end(store::Tx& tx) {
    tx.run("DELETE FROM balance_scans");
    tx.run("DELETE FROM booked_since");
}

void BalanceScan::step(store::Reader& reader) {
    if (added_up_) {
        proof_ = compared(reader);
        return;
    }
    const auto from = after_ ? *after_ + 1 : std::numeric_limits<std::int64_t>::min();
    const auto end = reader.first(
        "SELECT subject_id FROM ledger_transactions WHERE subject_id >= ?1 ORDER BY subject_id "
        "LIMIT 1 OFFSET ?2",
        [](const store::Row& row) { return row.integer(0); }, from, size_ - 1);
    const auto to = end.value_or(last_id);
    reader.each(
        "SELECT account_id, amount FROM postings WHERE subject_id BETWEEN ?1 AND ?2",
        [&](const store::Row& row) { sums_.add(row); }, from, to);
    reader.each(
        "SELECT p.account_id, p.amount FROM booked_since b JOIN postings p "
        "ON p.subject_id = b.subject_id AND p.outcome = b.outcome "
        "WHERE b.subject_id BETWEEN ?1 AND ?2",
        [&](const store::Row& row) { sums_.add(row, -1); }, from, to);
    after_ = to;
    added_up_ = to == last_id;
}

Proof BalanceScan::compared(store::Reader& reader) const {
    auto proof = proof_of(BalancesEqualPostings{});
    auto sums = sums_;
    reader.each(
        "SELECT p.account_id, p.amount FROM booked_since b JOIN postings p "
        "ON p.subject_id = b.subject_id AND p.outcome = b.outcome",
        [&](const store::Row& row) { sums.add(row); });
    count(reader, proof, "SELECT COUNT(*) FROM accounts");
    sums.compare(reader, proof);
    return proof;
}

}  // namespace lango::ledger
