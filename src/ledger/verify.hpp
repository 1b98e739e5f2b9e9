// Every law, proved on the whole database.
#pragma once
#include <vector>

#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

[[nodiscard]] std::vector<Proof> prove_all(store::Reader& reader);

}  // namespace lango::ledger
