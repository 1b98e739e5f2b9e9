// What the shop's page is told, as JSON (web/shop/api.ts reads it).
#pragma once
#include <deque>
#include <string>

#include "shop/order.hpp"
#include "shop/proofs.hpp"
#include "shop/received.hpp"

namespace lango::shop {

[[nodiscard]] std::string shown(const BodyProof& proof);
// The goods, and what the gateway told about whatever order.
[[nodiscard]] std::string shown(const std::deque<Order>& orders,
                                const std::deque<Received>& received);
// One order, paid or not, with what was signed and received about it.
[[nodiscard]] std::string shown(const Order& order, const std::deque<Received>& received,
                                const Keys& keys, const Places& places);

// "waiting" until a postback whose signatures hold says that it was paid: "paid", or "other_amount"
// where that is not the good's price.
[[nodiscard]] std::string_view standing(const Order& order, const std::deque<Received>& received);

}  // namespace lango::shop
