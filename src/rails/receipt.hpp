// A receipt as M-PESA prints it: ten letters and digits (daraja.md 1.4).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace lango::rails {

inline constexpr const char* receipt_form =
    "A receipt has ten letters and digits, such as NLJ7RT61SV.";

// What a person typed (base/typed.hpp); nothing for anything that is no receipt, and for the
// placeholder of what moved no money (SKE0000000).
[[nodiscard]] std::optional<std::string> typed_receipt(std::string_view text);

}  // namespace lango::rails
