// One endpoint a file; here only what the router needs of them.
#pragma once
#include "api/context.hpp"
#include "api/merchant_rate.hpp"
#include "base/clock.hpp"
#include "deposits/worker.hpp"
#include "http/router.hpp"
#include "paybill/desk.hpp"
#include "rails/rail.hpp"
#include "store/store.hpp"
#include "withdrawals/float_watch.hpp"
#include "withdrawals/worker.hpp"

namespace lango::api {

namespace asio = boost::asio;

// POST /api/v1/payment/create/mpesa?secret= (the page, Payment creation)
asio::awaitable<http::Response> create_payment(const Context& context,
                                               const http::Request& request);
// GET /api/v1/payment-systems/available?secret= (merchant-api 2.5)
asio::awaitable<http::Response> payment_systems(const Context& context,
                                                const http::Request& request);
// GET /api/v1/payment/{order_id}?secret= (extension, ours)
asio::awaitable<http::Response> show_payment(const Context& context, const http::Request& request,
                                             const std::string& order_id);
// POST /v2/withdrawal/create (the page, Withdrawal request; merchant-api 5)
asio::awaitable<http::Response> create_withdrawal(const Context& context,
                                                  const http::Request& request);
// GET /v2/withdrawal/{withdrawal_id} (extension, ours; docs/formats/signatures.md)
asio::awaitable<http::Response> show_withdrawal(const Context& context,
                                                const http::Request& request,
                                                const std::string& withdrawal_id);
// GET /v2/balance (extension, ours; likewise)
asio::awaitable<http::Response> show_balance(const Context& context, const http::Request& request);
// POST /rail/stk/{order_id}/{token} (daraja.md 3.4)
asio::awaitable<http::Response> stk_callback(const Context& context, const http::Request& request,
                                             const std::string& order_id, const std::string& token);
// POST /rail/b2c/{withdrawal}/{token}/result (daraja.md 5.3)
asio::awaitable<http::Response> payout_result(const Context& context, const http::Request& request,
                                              const std::string& withdrawal,
                                              const std::string& token);
// POST /rail/{b2c|reversal}/{withdrawal}/{token}/timeout (daraja.md 5.5)
asio::awaitable<http::Response> payout_timeout(const Context& context, const http::Request& request,
                                               std::string_view about,
                                               const std::string& withdrawal,
                                               const std::string& token);
// POST /rail/b2c-status/{withdrawal}/{token}/result (daraja.md 6.1)
asio::awaitable<http::Response> payout_status(const Context& context, const http::Request& request,
                                              const std::string& withdrawal,
                                              const std::string& token);
// POST /rail/reversal/{withdrawal}/{token}/result (daraja.md 6.3)
asio::awaitable<http::Response> reversal_result(const Context& context,
                                                const http::Request& request,
                                                const std::string& withdrawal,
                                                const std::string& token);
// POST /rail/reversed/{withdrawal}/{token}/result: the status of the payment that was to go back
asio::awaitable<http::Response> reversed_status(const Context& context,
                                                const http::Request& request,
                                                const std::string& withdrawal,
                                                const std::string& token);
// POST /rail/balance/{shortcode}/{token}/result (daraja.md 6.2)
asio::awaitable<http::Response> payout_float(const Context& context, const http::Request& request,
                                             const std::string& shortcode,
                                             const std::string& token);
// POST /rail/{about}/{subject}/{token}/timeout: a question that was dropped is put again when its
// time comes.
asio::awaitable<http::Response> question_timeout(const Context& context,
                                                 const http::Request& request,
                                                 std::string_view about, const std::string& subject,
                                                 const std::string& token);
// POST /rail/paybill/{shortcode}/{token}/confirmation (daraja.md 4.2)
asio::awaitable<http::Response> paybill_confirmation(const Context& context,
                                                     const http::Request& request,
                                                     const std::string& shortcode,
                                                     const std::string& token);
// POST /rail/paybill/{shortcode}/{token}/list: the address that Pull is registered with (daraja.md
// 6.4). No document says what is sent there, so that it is a hint to read the list, and no more.
asio::awaitable<http::Response> paybill_list(const Context& context, const http::Request& request,
                                             const std::string& shortcode,
                                             const std::string& token);
// POST /rail/paybill/{shortcode}/{token}/validation: answered before the rail's 8 seconds are over
asio::awaitable<http::Response> paybill_validation(const Context& context,
                                                   const http::Request& request,
                                                   const std::string& shortcode,
                                                   const std::string& token);
}  // namespace lango::api
