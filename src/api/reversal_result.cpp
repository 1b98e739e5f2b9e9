#include "api/endpoints.hpp"
#include "api/payout_intake.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/daraja/reversal_results.hpp"

namespace lango::api {

asio::awaitable<http::Response> reversal_result(const Context& context,
                                                const http::Request& request,
                                                const std::string& withdrawal,
                                                const std::string& token) {
    return take_payout_message(
        context, request,
        {.withdrawal = withdrawal,
         .token = token,
         .about = rails::daraja::about_reversal,
         .kind = withdrawals::RailMessageKind::result},
        [](std::string_view body) { return rails::daraja::read_reversal_result(body); });
}

}  // namespace lango::api
