#include "api/endpoints.hpp"
#include "api/payout_intake.hpp"
#include "api/rail_door.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/daraja/payout_results.hpp"

namespace lango::api {

asio::awaitable<http::Response> payout_status(const Context& context, const http::Request& request,
                                              const std::string& withdrawal,
                                              const std::string& token) {
    return take_payout_message(context, request,
                               {.withdrawal = withdrawal,
                                .token = token,
                                .about = rails::daraja::about_status,
                                .kind = withdrawals::RailMessageKind::status},
                               rails::daraja::read_payout_status);
}

asio::awaitable<http::Response> question_timeout(const Context& context,
                                                 const http::Request& request,
                                                 std::string_view about, const std::string& subject,
                                                 const std::string& token) {
    if (auto refused = refuse_at_door(context, request, about, subject, token)) {
        co_return std::move(*refused);
    }
    notice_callback(context, "question_timed_out");
    co_return thanks();
}

}  // namespace lango::api
