#include <algorithm>

#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "deposits/deposit.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/callback.hpp"

namespace lango::api {

namespace {

http::Response thanks() { return ok(R"({"ResultCode":0,"ResultDesc":"Accepted"})"); }

void notice(const Context& context, std::string_view outcome) {
    if (context.callback_noticed) context.callback_noticed(outcome);
}

bool from_the_rail(const Context& context, const http::Request& request) {
    return context.callback_addresses.empty() ||
           std::ranges::find(context.callback_addresses, request.peer) !=
               context.callback_addresses.end();
}

}  // namespace

asio::awaitable<http::Response> stk_callback(const Context& context, const http::Request& request,
                                             const std::string& order_id,
                                             const std::string& token) {
    if (!from_the_rail(context, request)) {
        notice(context, "foreign_address");
        log::warn("callback", "from an address that is not the rail's",
                  {{"peer", request.peer}, {"request_id", request.request_id}});
        co_return not_found();
    }
    const auto id = parse_hex16(order_id);
    const auto expected = context.master.token(rails::daraja::stk_token_purpose, order_id);
    if (!id || !crypto::equal_in_constant_time(token, expected)) {
        notice(context, "unknown_token");
        log::warn("callback", "with a wrong token",
                  {{"peer", request.peer}, {"request_id", request.request_id}});
        co_return not_found();
    }
    auto seen = rails::daraja::read_stk_callback(request.body);
    if (!seen) {
        // The path proves that it is ours; what it says is for a person to read.
        notice(context, "unreadable");
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
    notice(context, deposits::name(observed));
    log::debug("callback", "taken",
               {{"order_id", order_id},
                {"outcome", deposits::name(observed)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
