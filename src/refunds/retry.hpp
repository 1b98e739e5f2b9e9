// A refund that was asked for twice because the first answer was lost: the same key finds it.
#pragma once
#include <optional>
#include <string>

#include "refunds/create.hpp"

namespace lango::refunds {

inline constexpr std::size_t retry_key_max = 64;

// What was asked for, hashed; who asked belongs to it.
[[nodiscard]] std::string asked(const NewRefund& wanted);

// Nothing: nobody has used the key. The error: somebody has, for another refund.
[[nodiscard]] Result<std::optional<WithdrawalId>, std::string> made_before(store::Reader& reader,
                                                                           const NewRefund& wanted);

}  // namespace lango::refunds
