#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "rails/daraja/paybill.hpp"

namespace lango::api {

asio::awaitable<http::Response> paybill_list(const Context& context, const http::Request& request,
                                             const std::string& shortcode,
                                             const std::string& token) {
    if (auto refused = refuse_at_door(context, request, rails::daraja::paybill_token_purpose,
                                      shortcode, token)) {
        co_return std::move(*refused);
    }
    notice_callback(context, "list has news");
    context.desk->hint_of_news();
    co_return thanks();
}

}  // namespace lango::api
