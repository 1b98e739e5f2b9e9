// M-PESA's own limits on what a wallet pays, whatever a scenario says (daraja.md 8.1).
#pragma once
#include <string>

#include "simulator/ledger.hpp"

namespace lango::simulator {

// ResultCode: "0", or why not: 2, 3, 4 or 1.
[[nodiscard]] std::string limit_code(const Ledger& ledger, const std::string& phone,
                                     std::int64_t amount_minor, Instant now);

}  // namespace lango::simulator
