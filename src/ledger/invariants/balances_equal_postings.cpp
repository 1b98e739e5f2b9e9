#include "ledger/invariants/balances_equal_postings.hpp"

#include "ledger/accounts.hpp"
#include "ledger/invariants/balance_scan.hpp"
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

void BalancesEqualPostings::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    // One snapshot: a sum that is put together from several knows a booking's one half only. While
    // money moves on, balance_scan.hpp does it in many.
    if (slice.walk != Slice::Walk::whole) return;
    count(reader, proof, "SELECT COUNT(*) FROM accounts");
    // Added up here: sorting all postings by account would take three times as long.
    PostingSums sums;
    reader.each("SELECT account_id, amount FROM postings",
                [&](const store::Row& row) { sums.add(row); });
    sums.compare(reader, proof);
}

}  // namespace lango::ledger
