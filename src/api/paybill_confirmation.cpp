#include <charconv>
#include <utility>

#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/paybill.hpp"

namespace lango::api {

namespace {

std::int64_t number_of(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

asio::awaitable<http::Response> paybill_confirmation(const Context& context,
                                                     const http::Request& request,
                                                     const std::string& shortcode,
                                                     const std::string& token) {
    if (auto refused = refuse_at_door(context, request, rails::daraja::paybill_token_purpose,
                                      shortcode, token)) {
        co_return std::move(*refused);
    }
    const auto keep = [&](std::string why) {
        return keep_unreadable(context, request,
                               {.door = unreadable::Door::confirmation,
                                .subject = shortcode,
                                .why = std::move(why),
                                .body = request.body},
                               {});
    };
    auto payment = rails::daraja::read_paybill(request.body);
    if (!payment) {
        co_await keep("it cannot be read");
        co_return thanks();
    }
    // The money is on the account that this address was registered for.
    const auto named = std::exchange(payment->shortcode, number_of(shortcode));
    if (named != 0 && named != payment->shortcode && !context.desk->is_ours(named)) {
        co_await keep("it names shortcode " + std::to_string(named) + ", not this address's");
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
