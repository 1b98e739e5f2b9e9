#include "laws/payout.hpp"

#include "base/check.hpp"
#include "laws/laws.hpp"
#include "store/structure.hpp"

namespace lango::laws {

namespace {

bool is_made_here(store::Tx& tx, WithdrawalId id) {
    const auto others = store::writes_of_others(tx);
    const auto after = tx.first(
        "SELECT after FROM made_here WHERE others = ?1",
        [](const store::Row& row) { return row.integer(0); }, others);
    if (after) return id.value() > *after;
    // Whatever stands there by now somebody else may have been at.
    tx.run("DELETE FROM made_here");
    const auto noted = tx.run(
        "INSERT INTO made_here (others, after) SELECT ?1, COALESCE(MAX(id), 0) FROM withdrawals",
        others);
    LANGO_CHECK(noted == 1, "from when on everything is made here is noted once");
    return false;
}

}  // namespace

std::string fault_of_payout(store::Reader& reader, WithdrawalId id) {
    const auto only_this = ledger::Slice::of_payout(id.value());
    for (const auto* law : all()) {
        if (!law->is_of_money()) continue;
        ledger::Proof proof;
        proof.law = law->name();
        law->prove(reader, only_this, proof);
        if (!proof.findings.empty()) {
            return proof.law + ": " + proof.findings.front().text;
        }
    }
    return {};
}

std::string fault_before_payout(store::Tx& tx, WithdrawalId id) {
    return is_made_here(tx, id) ? std::string{} : fault_of_payout(tx, id);
}

}  // namespace lango::laws
