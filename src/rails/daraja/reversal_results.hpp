// What the rail's messages about a reversal say, as claims for withdrawals::settle. Its queue's
// timeout and the status by its own conversation are a payout's (payout_results.hpp).
#pragma once
#include <optional>
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

// A reversal's result (daraja.md 6.3). Nothing for a body that is none.
[[nodiscard]] std::optional<PayoutSeen> read_reversal_result(std::string_view body);
// The status of the payment that was to be reversed. Completed, it was before and may be after: all
// it says is that the rail names no reversal, which is believed late and twice, and then only to
// ask for the same reversal again.
[[nodiscard]] std::optional<PayoutSeen> read_reversed_status(std::string_view body);

}  // namespace lango::rails::daraja
