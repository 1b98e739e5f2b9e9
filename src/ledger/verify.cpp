#include "ledger/verify.hpp"

namespace lango::ledger {

std::vector<Proof> prove_all(store::Reader& reader) {
    std::vector<Proof> proofs;
    for (const auto& law : laws()) proofs.push_back(law->prove(reader));
    return proofs;
}

}  // namespace lango::ledger
