#include "laws/payout.hpp"

#include "laws/laws.hpp"

namespace lango::laws {

std::string fault_of_payout(store::Reader& reader, WithdrawalId id) {
    const auto only_this = ledger::Slice::of(id.value(), id.value());
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

}  // namespace lango::laws
