#include "api/endpoints.hpp"
#include "api/envelope.hpp"

namespace lango::api {

using http::Method;
using http::PathArguments;
using http::Request;
using http::Response;

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
    router.add(Method::get, "/storage/payment_system/logos/mpesa.png",
               [](const Request&, const PathArguments&) -> asio::awaitable<Response> {
                   co_return payment_system_logo();
               });
    return router;
}

}  // namespace lango::api
