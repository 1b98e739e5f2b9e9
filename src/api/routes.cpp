#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/logo.hpp"
#include "api/service.hpp"
#include "rails/daraja/payout_id.hpp"

namespace lango::api {

using http::Method;
using http::PathArguments;
using http::Request;
using http::Response;

namespace {

void add_payout_routes(http::Router& router, const Context& context) {
    router.add(Method::post, "/rail/b2c/{withdrawal}/{token}/result",
               [&context](const Request& request, const PathArguments& path) {
                   return payout_result(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/b2c/{withdrawal}/{token}/timeout",
               [&context](const Request& request, const PathArguments& path) {
                   return payout_timeout(context, request, rails::daraja::about_payout, path.at(0),
                                         path.at(1));
               });
    router.add(Method::post, "/rail/b2c-status/{withdrawal}/{token}/result",
               [&context](const Request& request, const PathArguments& path) {
                   return payout_status(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/b2c-status/{withdrawal}/{token}/timeout",
               [&context](const Request& request, const PathArguments& path) {
                   return question_timeout(context, request, rails::daraja::about_status,
                                           path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/balance/{shortcode}/{token}/result",
               [&context](const Request& request, const PathArguments& path) {
                   return payout_float(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/balance/{shortcode}/{token}/timeout",
               [&context](const Request& request, const PathArguments& path) {
                   return question_timeout(context, request, rails::daraja::about_float, path.at(0),
                                           path.at(1));
               });
}

void add_reversal_routes(http::Router& router, const Context& context) {
    router.add(Method::post, "/rail/reversal/{withdrawal}/{token}/result",
               [&context](const Request& request, const PathArguments& path) {
                   return reversal_result(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/reversal/{withdrawal}/{token}/timeout",
               [&context](const Request& request, const PathArguments& path) {
                   return payout_timeout(context, request, rails::daraja::about_reversal,
                                         path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/reversed/{withdrawal}/{token}/result",
               [&context](const Request& request, const PathArguments& path) {
                   return reversed_status(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/reversed/{withdrawal}/{token}/timeout",
               [&context](const Request& request, const PathArguments& path) {
                   return question_timeout(context, request, rails::daraja::about_reversed,
                                           path.at(0), path.at(1));
               });
}

}  // namespace

// The lambdas are no coroutines themselves: they hand over to one.
http::Router routes(const Context& context) {
    http::Router router;
    router.add(Method::post, "/api/v1/payment/create/mpesa",
               [&context](const Request& request, const PathArguments&) {
                   return create_payment(context, request);
               });
    router.add(Method::get, "/api/v1/payment-systems/available",
               [&context](const Request& request, const PathArguments&) {
                   return payment_systems(context, request);
               });
    router.add(Method::get, "/api/v1/payment/{order_id}",
               [&context](const Request& request, const PathArguments& path) {
                   return show_payment(context, request, path.at(0));
               });
    router.add(Method::post, "/v2/withdrawal/create",
               [&context](const Request& request, const PathArguments&) {
                   return create_withdrawal(context, request);
               });
    router.add(Method::get, "/v2/withdrawal/{withdrawal_id}",
               [&context](const Request& request, const PathArguments& path) {
                   return show_withdrawal(context, request, path.at(0));
               });
    router.add(Method::get, "/v2/balance",
               [&context](const Request& request, const PathArguments&) {
                   return show_balance(context, request);
               });
    router.add(Method::post, "/rail/stk/{order_id}/{token}",
               [&context](const Request& request, const PathArguments& path) {
                   return stk_callback(context, request, path.at(0), path.at(1));
               });
    add_payout_routes(router, context);
    add_reversal_routes(router, context);
    router.add(Method::post, "/rail/paybill/{shortcode}/{token}/confirmation",
               [&context](const Request& request, const PathArguments& path) {
                   return paybill_confirmation(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/paybill/{shortcode}/{token}/list",
               [&context](const Request& request, const PathArguments& path) {
                   return paybill_list(context, request, path.at(0), path.at(1));
               });
    router.add(Method::post, "/rail/paybill/{shortcode}/{token}/validation",
               [&context](const Request& request, const PathArguments& path) {
                   return paybill_validation(context, request, path.at(0), path.at(1));
               });
    router.add(Method::get, "/storage/payment_system/logos/mpesa.png",
               [](const Request&, const PathArguments&) -> asio::awaitable<Response> {
                   co_return payment_system_logo();
               });
    return router;
}

}  // namespace lango::api
