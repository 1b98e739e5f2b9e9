// Days as operators write them.
#pragma once
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace lango::ops {

// "2026-12-31": the beginning of that day, UTC. Nothing for anything else.
[[nodiscard]] std::optional<Instant> parse_date(std::string_view text);

}  // namespace lango::ops
