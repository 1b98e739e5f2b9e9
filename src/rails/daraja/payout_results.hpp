// What the rail's messages about a payout say, as claims for withdrawals::settle.
#pragma once
#include <optional>
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

// A B2C result (daraja.md 5.3, 5.4). Nothing for a body that is no result.
[[nodiscard]] std::optional<PayoutSeen> read_payout_result(std::string_view body);
// The queue gave up (daraja.md 5.5). What its body looks like is documented nowhere, and whatever
// it says, the payout may have gone through: pending, never a failure.
[[nodiscard]] PayoutSeen read_payout_timeout(std::string_view body);
// The answer to a question (daraja.md 6.1). Its ResultCode is about the question; the fate stands
// in TransactionStatus.
[[nodiscard]] std::optional<PayoutSeen> read_payout_status(std::string_view body);

}  // namespace lango::rails::daraja
