// Withdrawals for people to look at.
#pragma once
#include <string_view>
#include <vector>

#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

// The latest first. state: a name of State, "open" (not closed), "attention" (a person must look),
// or
// "" for all; an unknown word finds nothing.
[[nodiscard]] std::vector<Withdrawal> latest(store::Reader& reader, std::string_view state,
                                             std::size_t limit);

}  // namespace lango::withdrawals
