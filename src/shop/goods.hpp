// What the demo shop sells.
#pragma once
#include <span>
#include <string_view>

namespace lango::shop {

struct Good {
    std::string_view id;
    std::string_view name;
    std::string_view what;
    int price;  // whole shillings; 0: the payer says how much
};

[[nodiscard]] std::span<const Good> goods();
// Null: there is none of that id.
[[nodiscard]] const Good* find_good(std::string_view id);

}  // namespace lango::shop
