#include "api/endpoints.hpp"
#include "api/payout_intake.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/daraja/reversal_results.hpp"

namespace lango::api {

asio::awaitable<http::Response> reversed_status(const Context& context,
                                                const http::Request& request,
                                                const std::string& withdrawal,
                                                const std::string& token) {
    return take_payout_message(
        context, request,
        {.withdrawal = withdrawal,
         .token = token,
         .about = rails::daraja::about_reversed,
         .kind = withdrawals::RailMessageKind::status},
        [](std::string_view body) { return rails::daraja::read_reversed_status(body); });
}

}  // namespace lango::api
