// How money can go back to a payer, as the rail allows it: asked by who sends it back, and by who
// gives up what no way can move.
#pragma once
#include "base/money.hpp"

namespace lango::rails {

// Daraja's least payout (daraja.md 5.1).
inline const Money payout_min = Money::kes(10);

// captured: all that came with the receipt. To reverse a part is documented nowhere
// (daraja.md 6.3).
[[nodiscard]] inline bool can_be_reversed(Money amount, Money captured) {
    return amount == captured && amount.is_whole();
}
[[nodiscard]] inline bool can_be_paid_out(Money amount) {
    return amount.is_whole() && payout_min <= amount;
}

}  // namespace lango::rails
