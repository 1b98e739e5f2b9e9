#include "simulator/c2b_scenario.hpp"

#include <algorithm>
#include <array>

namespace lango::simulator {

namespace {

constexpr std::array<C2bScenario, 4> list{{
    {.name = "c2b_confirmed", .phone_ending = "", .what = "paid and confirmed; any other phone"},
    {.name = "c2b_confirmation_lost",
     .phone_ending = "050",
     .confirmations = 0,
     .what = "paid, no confirmation; the list of payments (Pull) tells"},
    {.name = "c2b_confirmation_doubled",
     .phone_ending = "052",
     .confirmations = 2,
     .what = "paid, the confirmation comes twice"},
    {.name = "c2b_confirmation_late",
     .phone_ending = "053",
     .late = true,
     .what = "paid, the confirmation comes late_by_ms after (three minutes)"},
}};

}  // namespace

std::span<const C2bScenario> c2b_scenarios() { return list; }

const C2bScenario* c2b_scenario_named(std::string_view name) {
    const auto* const found = std::ranges::find(list, name, &C2bScenario::name);
    return found == list.end() ? nullptr : found;
}

const C2bScenario& c2b_scenario_for_phone(std::string_view phone) {
    const auto ending = phone.substr(phone.size() < 3 ? 0 : phone.size() - 3);
    const auto* const found = std::ranges::find(list, ending, &C2bScenario::phone_ending);
    return found == list.end() || ending.empty() ? list.front() : *found;
}

}  // namespace lango::simulator
