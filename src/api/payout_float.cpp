#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/float_result.hpp"
#include "rails/daraja/payout_id.hpp"

namespace lango::api {

asio::awaitable<http::Response> payout_float(const Context& context, const http::Request& request,
                                             const std::string& shortcode,
                                             const std::string& token) {
    if (auto refused =
            refuse_at_door(context, request, rails::daraja::about_float, shortcode, token)) {
        co_return std::move(*refused);
    }
    if (context.payouts == nullptr || context.payouts->float_watch == nullptr ||
        shortcode != std::to_string(context.payouts->shortcode)) {
        co_return not_found();
    }
    auto seen = rails::daraja::read_float_result(request.body);
    const bool read = seen && seen->reading;
    if (!seen) {
        co_await keep_unreadable(context, request,
                                 {.door = unreadable::Door::balance,
                                  .subject = shortcode,
                                  .why = "it cannot be read",
                                  .body = request.body},
                                 {});
        co_return thanks();
    }
    notice_callback(context, read ? "float" : "unreadable");
    if (!read) {
        log::warn("callback", "that says nothing of the float",
                  {{"code", seen->code}, {"request_id", request.request_id}});
    }
    co_await context.payouts->float_watch->take(std::move(*seen));
    co_return thanks();
}

}  // namespace lango::api
