// Reads an STK callback's body (daraja.md 3.4). Nothing in it proves who sent it: that is the
// token's and the addresses' part, before this.
#pragma once
#include <optional>
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

// Nothing for a body that is no callback. A success without a usable amount or receipt is a claim
// that lacks them, not an error: the rail will be asked.
[[nodiscard]] std::optional<Observation> read_stk_callback(std::string_view body);

// The purpose under which a callback's path token is derived from the master key.
inline constexpr std::string_view stk_token_purpose = "stk";

}  // namespace lango::rails::daraja
