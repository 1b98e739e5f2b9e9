// Amounts as Safaricom writes them: number or text, whole or with a fraction, now and then with
// commas between groups of three digits (daraja.md 1).
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/money.hpp"

namespace lango::rails::daraja {

// Forty times the most that M-PESA moves at once: what is more is a slip or a lie, and a person's.
inline constexpr std::int64_t shillings_max = 10'000'000;

// Of shillings. Nothing for what can be read in two ways ("1,00"), for more than `shillings_max`,
// or for what is no amount.
[[nodiscard]] std::optional<Money> read_amount(std::string_view text);
// Of money that moved: what is below zero is no such amount.
[[nodiscard]] std::optional<Money> read_moved(std::string_view text);

}  // namespace lango::rails::daraja
