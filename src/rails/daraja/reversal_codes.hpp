// Safaricom's words about reversals as data (daraja.md 6.3). What no row knows says nothing.
#pragma once
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

struct ReversalClass {
    PayoutFate fate = PayoutFate::unknown;
    bool done_before = false;
    // Only what spoils the credential stops payouts; a missing role, an empty or a closed account
    // is a matter of reversals alone.
    Halts halts = Halts::nothing;
};
// A ResultCode of a reversal's result. May be text.
[[nodiscard]] ReversalClass classify_reversal(std::string_view result_code);
// What it says, for operators; "" where no row knows it.
[[nodiscard]] std::string_view words_of_reversal(std::string_view result_code);

}  // namespace lango::rails::daraja
