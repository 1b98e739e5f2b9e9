#include "shop/goods.hpp"

#include <algorithm>
#include <array>

namespace lango::shop {

namespace {

constexpr std::array<Good, 4> shelf{{
    {.id = "coffee", .name = "Coffee from Nyeri", .what = "Roasted this week, 500 g", .price = 850},
    {.id = "basket", .name = "Kiondo basket", .what = "Sisal, woven by hand", .price = 2400},
    {.id = "mandazi", .name = "Mandazi", .what = "A bag of six, still warm", .price = 120},
    {.id = "voucher", .name = "Voucher", .what = "Of any amount", .price = 0},
}};

}  // namespace

std::span<const Good> goods() { return shelf; }

const Good* find_good(std::string_view id) {
    const auto* const found = std::ranges::find(shelf, id, &Good::id);
    return found == shelf.end() ? nullptr : found;
}

}  // namespace lango::shop
