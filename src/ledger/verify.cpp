#include "ledger/verify.hpp"

#include "store/store.hpp"

namespace lango::ledger {

namespace {

// What the database cannot even add up or read is a finding, and no reason to skip other laws.
Proof prove(store::Reader& reader, const Invariant& law) {
    try {
        return law.prove(reader);
    } catch (const store::Broken& broken) {
        const std::string name{law.name()};
        return {
            .law = name,
            .checked = 0,
            .what = "things",
            .findings = {{.law = name, .text = std::string{"cannot be proved: "} + broken.what()}}};
    }
}

}  // namespace

std::vector<Proof> prove_all(store::Reader& reader) {
    std::vector<Proof> proofs;
    for (const auto& law : laws()) proofs.push_back(prove(reader, *law));
    return proofs;
}

}  // namespace lango::ledger
