#include "ledger/invariants/postings_balance.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void PostingsBalance::check_change(store::Reader& /*reader*/, const Transaction& change) const {
    for (const auto& first : change.postings) {
        __int128 sum = 0;
        for (const auto& posting : change.postings) {
            if (posting.amount.currency() == first.amount.currency()) sum += posting.amount.minor();
        }
        if (sum != 0) {
            throw LawBroken{"PostingsBalance: postings of " + hex16(change.subject_id) +
                            " do not sum to zero"};
        }
    }
}

Proof PostingsBalance::prove(store::Reader& reader) const {
    Proof proof{
        .law = std::string{name()}, .checked = 0, .what = "ledger transactions", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM ledger_transactions");
    reader.each(
        "SELECT p.subject_id, p.outcome, a.currency, SUM(p.amount) FROM postings p "
        "JOIN accounts a ON a.id = p.account_id "
        "GROUP BY p.subject_id, p.outcome, a.currency HAVING SUM(p.amount) <> 0",
        [&](const store::Row& row) {
            add(proof, "payment " + hex16(row.integer(0)) + ", outcome " +
                           std::to_string(row.integer(1)) + ": postings in " + row.string(2) +
                           " sum to " + std::to_string(row.integer(3)));
        });
    reader.each(
        "SELECT t.subject_id FROM ledger_transactions t LEFT JOIN postings p "
        "ON p.subject_id = t.subject_id AND p.outcome = t.outcome AND p.line = 1 "
        "WHERE p.line IS NULL",
        [&](const store::Row& row) {
            add(proof, "payment " + hex16(row.integer(0)) + " has no postings");
        });
    return proof;
}

}  // namespace lango::ledger
