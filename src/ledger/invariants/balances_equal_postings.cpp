#include "ledger/invariants/balances_equal_postings.hpp"

#include <limits>
#include <map>

#include "ledger/accounts.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/errors.hpp"

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
    // One snapshot: a sum that is put together from several knows a booking's one half only.
    if (slice.walk != Slice::Walk::whole) return;
    count(reader, proof, "SELECT COUNT(*) FROM accounts");
    // Added up here: sorting all postings by account would take three times as long.
    std::map<std::int64_t, __int128> sums;
    reader.each("SELECT account_id, amount FROM postings",
                [&](const store::Row& row) { sums[row.integer(0)] += row.integer(1); });
    const auto sum_of = [&](std::int64_t account) {
        const auto found = sums.find(account);
        const auto sum = found == sums.end() ? __int128{0} : found->second;
        if (sum > std::numeric_limits<std::int64_t>::max() ||
            sum < std::numeric_limits<std::int64_t>::min()) {
            throw store::Broken{"the postings of account " + std::to_string(account) +
                                " sum to more than can be counted"};
        }
        return static_cast<std::int64_t>(sum);
    };
    reader.each("SELECT id, kind, owner, currency, balance FROM accounts ORDER BY id",
                [&](const store::Row& row) {
                    const auto sum = sum_of(row.integer(0));
                    sums.erase(row.integer(0));
                    if (row.integer(4) == sum) return;
                    add(proof, account_text(row) + ": its balance is " +
                                   off_by(row.integer(4), sum) + " than its postings sum to");
                });
    for (const auto& [account, sum] : sums) {
        add(proof, "postings to account " + std::to_string(account) + ", which does not exist");
    }
}

}  // namespace lango::ledger
