// Out of the window, back to the shop (decisions, Redirects): only to addresses that were verified
// when the order was made.
#pragma once
#include <string>
#include <string_view>

#include "window/order.hpp"
#include "window/standing.hpp"

namespace lango::window {

// "success", "fail", "pending".
[[nodiscard]] std::string_view outcome(const Standing& standing);
// Where the outcome leads, with custom_transaction_id, order_id and status behind; "" for nowhere.
[[nodiscard]] std::string way_out(const Order& order, const Standing& standing);
// What the page around the frame is told, as JSON.
[[nodiscard]] std::string message(const Order& order, const Standing& standing);
// Those origins of the merchant's list that are one origin each, separated by blanks: only they
// can be told.
[[nodiscard]] std::string told_origins(const merchants::Merchant& merchant);

}  // namespace lango::window
