// Whether stored tables are still what was imported.
#pragma once
#include <cstdint>
#include <vector>

#include "store/tx.hpp"

namespace lango::rates {

// Stored tables that are not what save() stored: told by the digest beside them, which tables of
// earlier versions lack. Adds how many tables there are to `looked_at`.
[[nodiscard]] std::vector<std::int64_t> changed_since_import(store::Reader& reader,
                                                             std::uint64_t& looked_at);

}  // namespace lango::rates
