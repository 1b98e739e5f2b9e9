// Every law: the ledger's own, and those that look across nouns. All that SQL and digests can
// prove of a database; what only a chain of hashes could show is named in
// docs/decisions/0027-what-verify-proves.md and listed, column by column, in edits_test.cpp.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::laws {

[[nodiscard]] ledger::Laws all();

}  // namespace lango::laws
