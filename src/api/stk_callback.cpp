#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "deposits/deposit.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/callback.hpp"

namespace lango::api {

namespace {

// The token proves that we made the order, and its row is gone: what the payer paid is in front of
// a person, as money that came by itself is.
asio::awaitable<void> keep_lost(const Context& context, const std::string& order_id,
                                const rails::Observation& seen) {
    if (context.desk == nullptr || seen.fate != rails::Fate::paid || !seen.receipt ||
        !seen.amount) {
        co_return;
    }
    rails::PaybillPayment payment{.receipt = *seen.receipt,
                                  .amount = *seen.amount,
                                  .reference = "order " + order_id,
                                  .prompted = DepositId{*parse_hex16(order_id)},
                                  .phone = {},
                                  .order = {},
                                  .shortcode = {},
                                  .paid_at = {},
                                  .raw = seen.raw};
    static_cast<void>(co_await context.desk->take(std::move(payment), paybill::Told::confirmation));
}

}  // namespace

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
        co_await keep_unreadable(
            context, request,
            {.door = unreadable::Door::callback,
             .subject = order_id,
             .why = "it cannot be read",
             .body = request.body},
            [id = DepositId{*id}, body = request.body](store::Tx& tx, Instant now) {
                deposits::keep_message(tx, id, deposits::RailMessageKind::callback, now, body);
            });
        co_return thanks();
    }
    const auto observed = co_await context.observer.observe(DepositId{*id}, *seen);
    if (observed == deposits::Observed::unknown_deposit) {
        log::error("callback",
                   "of an order that is not in the database: was an older backup put "
                   "back? Its money is in lango paybill list",
                   {{"order_id", order_id}, {"receipt", seen->receipt.value_or("")}});
        co_await keep_lost(context, order_id, *seen);
        if (context.restored) co_await context.restored("a callback of an order that it lacks");
    }
    notice_callback(context, deposits::name(observed));
    log::debug("callback", "taken",
               {{"order_id", order_id},
                {"outcome", deposits::name(observed)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
