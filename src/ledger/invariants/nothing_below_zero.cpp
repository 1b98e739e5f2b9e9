#include "ledger/invariants/nothing_below_zero.hpp"
#include "ledger/accounts.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

void NothingBelowZero::check_change(store::Reader& reader, const Transaction& change) const {
    for (const auto& posting : change.postings) {
        if (may_be_negative(posting.account.kind) || posting.amount.minor() >= 0) continue;
        if (balance(reader, posting.account).free().minor() < 0) {
            throw LawBroken{"NothingBelowZero: payment " + hex16(change.subject_id) +
                            " takes more than is free"};
        }
    }
}

void NothingBelowZero::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::whole) return;
    count(reader, proof, "SELECT COUNT(*) FROM accounts WHERE may_be_negative = 0");
    // By the account's kind and not by what its row says of itself.
    reader.each(
        "SELECT id, kind, owner, currency, balance, held FROM accounts WHERE balance - held < 0",
        [&](const store::Row& row) {
            if (may_be_negative(static_cast<AccountKind>(row.integer(1)))) return;
            // How far, the sums of the other laws say: here it changes with whatever comes in.
            add(proof, account_text(row) + (row.integer(4) < 0
                                                ? ": is below zero"
                                                : ": more is held of it than stands on it"));
        });
}

}  // namespace lango::ledger
