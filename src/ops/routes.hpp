// Names for what was asked, so that metrics have few series and no ids:
// "/api/v1/payment/{order_id}".
#pragma once
#include <cstddef>
#include <string_view>

namespace lango::ops {

[[nodiscard]] std::size_t route_index(std::string_view path);
[[nodiscard]] std::size_t route_count();
[[nodiscard]] std::string_view route_name(std::size_t index);
// "other" for what the table (routes.cpp) does not know.
[[nodiscard]] inline std::string_view route_name(std::string_view path) {
    return route_name(route_index(path));
}

}  // namespace lango::ops
