// What withdrawals and refunds, which are withdrawals, show and are asked by alike. Cells expect
// the statement's columns 0 to 11 as lists/withdrawals.cpp has them.
#pragma once
#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

inline constexpr std::string_view payout_states =
    "waiting, queued, sending, sent, unknown, paid, failed, open (not closed) or attention (waits "
    "for a person)";
// Binds 3: the least and the greatest state, and the flags that must be set.
[[nodiscard]] bool bind_payout_state(Asked& asked, const std::string& text);

// The whole number where somebody must say yes to it, else masked.
void write_recipient(const Cell& cell);
// What an approval is given for.
void write_approval_code(const Cell& cell);

}  // namespace lango::backoffice::lists
