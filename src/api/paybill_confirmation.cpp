#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/paybill.hpp"

namespace lango::api {

asio::awaitable<http::Response> paybill_confirmation(const Context& context,
                                                     const http::Request& request,
                                                     const std::string& shortcode,
                                                     const std::string& token) {
    if (auto refused = refuse_at_door(context, request, rails::daraja::paybill_token_purpose,
                                      shortcode, token)) {
        co_return std::move(*refused);
    }
    auto payment = rails::daraja::read_paybill(request.body);
    if (!payment) {
        notice_callback(context, "unreadable");
        co_await context.desk->keep_unreadable(request.body);
        log::warn("paybill", "a confirmation that cannot be read",
                  {{"request_id", request.request_id}});
        co_return thanks();
    }
    const auto receipt = payment->receipt;
    const auto taken =
        co_await context.desk->take(std::move(*payment), paybill::Told::confirmation);
    notice_callback(context, paybill::name(taken));
    log::debug("paybill", "taken",
               {{"receipt", receipt},
                {"outcome", paybill::name(taken)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
