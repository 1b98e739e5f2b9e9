#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "deposits/deposit.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/callback.hpp"

namespace lango::api {

asio::awaitable<http::Response> stk_callback(const Context& context, const http::Request& request,
                                             const std::string& order_id,
                                             const std::string& token) {
    if (auto refused =
            refuse_at_door(context, request, rails::daraja::stk_token_purpose, order_id, token)) {
        co_return std::move(*refused);
    }
    const auto id = parse_hex16(order_id);
    if (!id) co_return not_found();
    auto seen = rails::daraja::read_stk_callback(request.body);
    if (!seen) {
        // The path proves that it is ours; what it says is for a person to read.
        notice_callback(context, "unreadable");
        const auto now = context.clock.now();
        co_await context.store.write(
            [id = DepositId{*id}, body = request.body, now](store::Tx& tx) {
                deposits::keep_message(tx, id, deposits::RailMessageKind::callback, now, body);
            });
        log::warn("callback", "that cannot be read",
                  {{"order_id", order_id}, {"request_id", request.request_id}});
        co_return thanks();
    }
    const auto observed = co_await context.observer.observe(DepositId{*id}, std::move(*seen));
    notice_callback(context, deposits::name(observed));
    log::debug("callback", "taken",
               {{"order_id", order_id},
                {"outcome", deposits::name(observed)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
