// How the rail prints values.
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lango::simulator {

// "1000.00", "-15.40".
[[nodiscard]] std::string shillings(std::int64_t minor);
// Whole shillings as the B2C result has them, "1000"; with cents when there are some.
[[nodiscard]] std::string short_shillings(std::int64_t minor);
// ResultCodes may be text; those that are digits are printed as numbers.
[[nodiscard]] bool is_number(std::string_view code);
// "06.07.2024 22:48:52" in East Africa Time.
[[nodiscard]] std::string format_eat_day_first(Instant at);
[[nodiscard]] std::string json_text(std::string_view text);
// "254705912645 - NICHOLAS JOHN SONGOK": the name belongs to the number, always the same.
[[nodiscard]] std::string customer_name(const std::string& phone);

}  // namespace lango::simulator
