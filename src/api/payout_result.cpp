#include "api/endpoints.hpp"
#include "api/payout_intake.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/daraja/payout_results.hpp"

namespace lango::api {

asio::awaitable<http::Response> payout_result(const Context& context, const http::Request& request,
                                              const std::string& withdrawal,
                                              const std::string& token) {
    return take_payout_message(context, request,
                               {.withdrawal = withdrawal,
                                .token = token,
                                .about = rails::daraja::about_payout,
                                .kind = withdrawals::RailMessageKind::result},
                               rails::daraja::read_payout_result);
}

}  // namespace lango::api
