// How one event looks as a line: for logging.cpp and its tests.
#pragma once
#include <string>
#include <string_view>

#include "ops/logging.hpp"

namespace lango::log {

// Neither has a line end inside or behind it; both are valid UTF-8 whatever the values are.
[[nodiscard]] std::string json_line(Instant at, Level level, std::string_view area,
                                    std::string_view message, Fields fields);
// 2026-11-23T20:00:00.123456Z INFO  deposits  push accepted  order_id=0000018bfa3c1e2d took_us=12
[[nodiscard]] std::string text_line(Instant at, Level level, std::string_view area,
                                    std::string_view message, Fields fields);
[[nodiscard]] std::string_view level_name(Level level);

}  // namespace lango::log
