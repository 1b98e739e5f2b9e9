// A receipt as M-PESA prints it: ten letters and digits (daraja.md 1.4).
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace lango::rails {

inline constexpr const char* receipt_form =
    "A receipt has ten letters and digits, such as NLJ7RT61SV.";

// The one reader of receipts, whatever brought them: callback, confirmation, list, result, a
// person. In capitals and without blanks around it, so that one payment has one receipt on every
// channel; nothing for anything that is no receipt, and for the placeholder of what moved no money
// (SKE0000000). Money under such a text is a claim that something else must prove.
[[nodiscard]] std::optional<std::string> read_receipt(std::string_view text);
// Likewise of what may not be there at all.
template <std::same_as<std::optional<std::string>> T>
[[nodiscard]] std::optional<std::string> read_receipt(const T& text) {
    return text ? read_receipt(std::string_view{*text}) : std::nullopt;
}

// Likewise of what a person typed (base/typed.hpp).
[[nodiscard]] std::optional<std::string> typed_receipt(std::string_view text);

}  // namespace lango::rails
