// What the rail's messages about a payout say, as claims for withdrawals::settle.
#pragma once
#include <optional>
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

// All take the payout that the message's address names. One whose OriginatorConversationID is that
// of another payout of ours is not read; an id of Daraja's own there says nothing.

// A B2C result (daraja.md 5.3, 5.4). Nothing for a body that is no result of this payout.
[[nodiscard]] std::optional<PayoutSeen> read_payout_result(std::string_view body,
                                                           WithdrawalId payout);
// The queue gave up (daraja.md 5.5). What its body looks like is documented nowhere, and whatever
// it says, the payout may have gone through: pending, never a failure.
[[nodiscard]] PayoutSeen read_payout_timeout(std::string_view body);
// The answer to a question (daraja.md 6.1). Its ResultCode is about the question; the fate stands
// in TransactionStatus.
[[nodiscard]] std::optional<PayoutSeen> read_payout_status(std::string_view body,
                                                           WithdrawalId payout);

}  // namespace lango::rails::daraja
