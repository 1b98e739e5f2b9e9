// What a simulated reversal does, as data: rows as those of payouts, chosen by the last three
// digits of the phone that paid, or by the admin API for a phone, an amount or the next reversal.
#pragma once
#include "simulator/payout_scenario.hpp"

namespace lango::simulator {

// Lives as long as the program.
[[nodiscard]] std::span<const PayoutScenario> reversal_scenarios();
[[nodiscard]] const PayoutScenario* reversal_scenario_named(std::string_view name);
// Ordinary phones simply get their money back.
[[nodiscard]] const PayoutScenario& reversal_scenario_for_phone(std::string_view phone);

// Of a row: somebody else has reversed the payment just before.
inline constexpr std::string_view reversed_before = "R000001";

}  // namespace lango::simulator
