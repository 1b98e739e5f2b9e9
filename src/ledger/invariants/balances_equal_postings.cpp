#include "ledger/invariants/balances_equal_postings.hpp"
#include "ledger/accounts.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void BalancesEqualPostings::check_change(store::Reader& reader, const Transaction& change) const {
    // book() adds each posting to its balance in the same statement order; what could differ is a
    // posting whose account was not there.
    for (const auto& posting : change.postings) {
        const auto account = find_account(reader, posting.account);
        if (!account) {
            throw LawBroken{"BalancesEqualPostings: an account of " + hex16(change.subject_id) +
                            " is missing"};
        }
    }
}

Proof BalancesEqualPostings::prove(store::Reader& reader) const {
    Proof proof{.law = std::string{name()}, .checked = 0, .what = "accounts", .findings = {}};
    proof.checked = count(reader, "SELECT COUNT(*) FROM accounts");
    reader.each(
        "SELECT a.id, a.kind, a.owner, a.currency, a.balance, COALESCE(s.total, 0) FROM accounts a "
        "LEFT JOIN "
        "(SELECT account_id, SUM(amount) AS total FROM postings GROUP BY account_id) s "
        "ON s.account_id = a.id WHERE a.balance <> COALESCE(s.total, 0)",
        [&](const store::Row& row) {
            add(proof, account_text(row) + ": balance " + std::to_string(row.integer(4)) +
                           ", postings sum to " + std::to_string(row.integer(5)));
        });
    reader.each(
        "SELECT DISTINCT p.account_id FROM postings p LEFT JOIN accounts a "
        "ON a.id = p.account_id WHERE a.id IS NULL",
        [&](const store::Row& row) {
            add(proof,
                "postings to account " + std::to_string(row.integer(0)) + ", which does not exist");
        });
    return proof;
}

}  // namespace lango::ledger
