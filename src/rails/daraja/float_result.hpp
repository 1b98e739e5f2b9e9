// Reads the answer to a question about our accounts (daraja.md 6.2).
#pragma once
#include <optional>
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

// Nothing for a body that is no result.
[[nodiscard]] std::optional<FloatSeen> read_float_result(std::string_view body);

// "Utility Account|KES|228037.00|228037.00|0.00|0.00&Working Account|...": what is available; where
// that field is missing, the current balance. Accounts in any order, unknown ones are passed over.
// Nothing without a readable Utility account.
[[nodiscard]] std::optional<FloatReading> read_accounts(std::string_view text);

}  // namespace lango::rails::daraja
