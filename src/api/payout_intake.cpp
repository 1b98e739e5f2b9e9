#include "api/payout_intake.hpp"

#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"

namespace lango::api {

asio::awaitable<http::Response> take_payout_message(
    const Context& context, const http::Request& request, PayoutMessage message,
    std::optional<rails::PayoutSeen> (*read)(std::string_view body)) {
    if (auto refused =
            refuse_at_door(context, request, message.about, message.withdrawal, message.token)) {
        co_return std::move(*refused);
    }
    const auto number = parse_hex16(message.withdrawal);
    if (!number || context.settler == nullptr) co_return not_found();
    const WithdrawalId id{*number};
    auto seen = read(request.body);
    if (!seen) {
        co_await keep_unreadable(
            context, request,
            {.door = message.kind == withdrawals::RailMessageKind::status
                         ? unreadable::Door::status
                         : unreadable::Door::result,
             .subject = std::string{message.withdrawal},
             .why = "it cannot be read, or is another payout's",
             .body = request.body},
            [id, kind = message.kind, body = request.body](store::Tx& tx, Instant now) {
                static_cast<void>(withdrawals::keep_message(tx, id, kind, now, body));
            });
        co_return thanks();
    }
    const auto settled = co_await context.settler->settle(id, std::move(*seen));
    if (settled == withdrawals::Settled::unknown_withdrawal) {
        log::error("callback",
                   "of a payout that is not in the database: was an older backup put "
                   "back? lango restore show",
                   {{"withdrawal", message.withdrawal}});
        if (context.restored) co_await context.restored("a result of a payout that it lacks");
    }
    notice_callback(context, withdrawals::name(settled));
    log::debug("callback", "taken",
               {{"withdrawal", message.withdrawal},
                {"outcome", withdrawals::name(settled)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
