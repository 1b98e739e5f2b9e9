// Sending a prompt, the first of an order or a further one.
#pragma once
#include <optional>

#include "deposits/create.hpp"
#include "window/desk.hpp"
#include "window/form.hpp"

namespace lango::window {

// Why no prompt can go to this phone now, put into the form; true: it can. What is sent by an
// unsigned link is counted against the merchant's limit.
[[nodiscard]] asio::awaitable<bool> may_send(Desk& desk, const Visit& visit, const Typed& typed,
                                             EnterForm& form, bool is_signed, Instant now);
// The prompt is on its way: wakes who sends it, and leads to the order's page, which
// this browser may see the phone on.
[[nodiscard]] http::Response sent(Desk& desk, const Visit& visit, const Typed& typed, OrderId order,
                                  DepositId attempt);

}  // namespace lango::window
