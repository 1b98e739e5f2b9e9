// Withdrawals that were taken although the balance did not cover them (a merchant's balance-check
// is off): they wait without a hold, so that no account ever falls below zero, and go on as soon as
// their money can be held.
#pragma once
#include <vector>

#include "withdrawals/settle.hpp"

namespace lango::withdrawals {

inline constexpr Duration cover_pause = std::chrono::minutes{1};
inline constexpr Duration cover_within = std::chrono::hours{72};  // then it fails

// Tries those that are due, the longest waiting first; a smaller one may pass a larger one.
[[nodiscard]] std::vector<WithdrawalId> due_for_cover(store::Reader& reader, std::size_t limit,
                                                      Instant now);
// pending: covered, or still waiting; failed: its time is over.
[[nodiscard]] SettleOutcome cover(store::Tx& tx, WithdrawalId id, const SettleContext& context,
                                  Instant now);

}  // namespace lango::withdrawals
