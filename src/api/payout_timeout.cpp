#include "api/endpoints.hpp"
#include "api/payout_intake.hpp"
#include "rails/daraja/payout_results.hpp"

namespace lango::api {

asio::awaitable<http::Response> payout_timeout(const Context& context, const http::Request& request,
                                               std::string_view about,
                                               const std::string& withdrawal,
                                               const std::string& token) {
    return take_payout_message(context, request,
                               {.withdrawal = withdrawal,
                                .token = token,
                                .about = about,
                                .kind = withdrawals::RailMessageKind::timeout},
                               [](std::string_view body) {
                                   return std::optional{rails::daraja::read_payout_timeout(body)};
                               });
}

}  // namespace lango::api
