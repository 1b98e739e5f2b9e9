// What becomes of the confirmation of a payment that a customer made by himself, as data. Chosen by
// the phone's last three digits, or by the admin API for a phone, an amount or the next payment.
#pragma once
#include <span>
#include <string_view>

namespace lango::simulator {

struct C2bScenario {
    std::string_view name;
    std::string_view phone_ending;  // as of pushes with the same fate; "" only by the admin API
    int confirmations = 1;
    bool late = false;  // the confirmation comes Config::late_by after the money moved
    std::string_view what = "";
    std::string_view code = "0";  // whatever becomes of the confirmation, the money moves
};

// Lives as long as the program.
[[nodiscard]] std::span<const C2bScenario> c2b_scenarios();
[[nodiscard]] const C2bScenario* c2b_scenario_named(std::string_view name);
[[nodiscard]] const C2bScenario& c2b_scenario_for_phone(std::string_view phone);

}  // namespace lango::simulator
