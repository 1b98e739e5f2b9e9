#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "deposits/deposit.hpp"
#include "ops/logging.hpp"
#include "rails/daraja/callback.hpp"

namespace lango::api {

namespace {

constexpr const char* lacked = "a callback of an order that it lacks";

// The token proves that we made the order, and its row is gone: what the payer paid is in front of
// a person, as money that came by itself is. False: it may have been paid, and does not say how
// much or with which receipt.
asio::awaitable<bool> keep_lost(const Context& context, const std::string& order_id,
                                const rails::Observation& seen) {
    if (seen.fate == rails::Fate::failed || seen.fate == rails::Fate::pending) co_return true;
    if (context.desk == nullptr || seen.fate != rails::Fate::paid || !seen.receipt ||
        !seen.amount) {
        co_return false;
    }
    rails::PaybillPayment payment{.receipt = *seen.receipt,
                                  .amount = *seen.amount,
                                  .reference = "order " + order_id,
                                  .prompted = DepositId{*parse_hex16(order_id)},
                                  .phone = {},
                                  .order = {},
                                  .shortcode = {},
                                  .paid_at = {},
                                  .raw = seen.raw,
                                  .surely_prompted = true};
    const auto taken = co_await context.desk->take(std::move(payment), paybill::Told::confirmation);
    co_return taken != paybill::Taken::unreadable;
}

asio::awaitable<void> was_lost(const Context& context, const http::Request& request,
                               const std::string& order_id, const rails::Observation& seen) {
    log::error("callback",
               "of an order that is not in the database: was an older backup put "
               "back? lango paybill list, lango unreadable list",
               {{"order_id", order_id}, {"receipt", seen.receipt.value_or("")}});
    if (!co_await keep_lost(context, order_id, seen)) {
        co_await keep_unreadable(context, request,
                                 {.door = unreadable::Door::callback,
                                  .subject = order_id,
                                  .why = "of an order that is gone, and it does not say what came",
                                  .body = request.body},
                                 {});
    }
    if (context.restored) co_await context.restored(lacked);
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
        const auto is_gone = std::make_shared<bool>(false);
        co_await keep_unreadable(
            context, request,
            {.door = unreadable::Door::callback,
             .subject = order_id,
             .why = "it cannot be read",
             .body = request.body},
            [id = DepositId{*id}, body = request.body, is_gone](store::Tx& tx, Instant now) {
                deposits::keep_message(tx, id, deposits::RailMessageKind::callback, now, body);
                *is_gone = !deposits::find(tx, id);
            });
        if (*is_gone && context.restored) co_await context.restored(lacked);
        co_return thanks();
    }
    const auto observed = co_await context.observer.observe(DepositId{*id}, *seen);
    if (observed == deposits::Observed::unknown_deposit) {
        co_await was_lost(context, request, order_id, *seen);
    }
    notice_callback(context, deposits::name(observed));
    log::debug("callback", "taken",
               {{"order_id", order_id},
                {"outcome", deposits::name(observed)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
