// One endpoint a file; here only what the router needs of them.
#pragma once
#include "api/context.hpp"

namespace lango::api {

// POST /api/v1/payment/create/mpesa?secret= (the page, Payment creation)
asio::awaitable<http::Response> create_payment(const Context& context,
                                               const http::Request& request);
// GET /api/v1/payment-systems/available?secret= (merchant-api 2.5)
asio::awaitable<http::Response> payment_systems(const Context& context,
                                                const http::Request& request);
// GET /api/v1/payment/{order_id}?secret= (extension, ours)
asio::awaitable<http::Response> show_payment(const Context& context, const http::Request& request,
                                             const std::string& order_id);
// POST /rail/stk/{order_id}/{token} (daraja.md 3.4)
asio::awaitable<http::Response> stk_callback(const Context& context, const http::Request& request,
                                             const std::string& order_id, const std::string& token);
// GET /storage/payment_system/logos/mpesa.png: what payment_systems links to
http::Response payment_system_logo();

}  // namespace lango::api
