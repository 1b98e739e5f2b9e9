// The fields of C2B requests, checked in order (daraja.md 4.1, 4.4): the first one that is wrong,
// as the error message names it; "" when all are right.
#pragma once
#include <string_view>

#include "base/json.hpp"

namespace lango::simulator {

[[nodiscard]] std::string_view invalid_registration_field(const json::Value& body);
[[nodiscard]] std::string_view invalid_simulation_field(const json::Value& body);

// What a customer may type into the menu: at most twenty bytes of UTF-8 (daraja.md 4.2).
inline constexpr std::size_t reference_max = 20;

}  // namespace lango::simulator
