#include "api/payout_intake.hpp"

#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "ops/logging.hpp"

namespace lango::api {

namespace {

asio::awaitable<void> was_lost(const Context& context, std::string_view withdrawal) {
    log::error("callback",
               "of a payout that is not in the database: was an older backup put "
               "back? lango restore show",
               {{"withdrawal", withdrawal}});
    if (context.restored) co_await context.restored("a result of a payout that it lacks");
}

unreadable::Message for_a_person(const http::Request& request, const PayoutMessage& message,
                                 const char* why) {
    return {.door = message.kind == withdrawals::RailMessageKind::status ? unreadable::Door::status
                                                                         : unreadable::Door::result,
            .subject = std::string{message.withdrawal},
            .why = why,
            .body = request.body};
}

}  // namespace

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
        const auto is_gone = std::make_shared<bool>(false);
        co_await keep_unreadable(
            context, request,
            for_a_person(request, message, "it cannot be read, or is another payout's"),
            [id, kind = message.kind, body = request.body, is_gone](store::Tx& tx, Instant now) {
                static_cast<void>(withdrawals::keep_message(tx, id, kind, now, body));
                *is_gone = !withdrawals::find(tx, id);
            });
        if (*is_gone) co_await was_lost(context, message.withdrawal);
        co_return thanks();
    }
    const bool is_odd = seen->fate == rails::PayoutFate::unknown;
    const auto settled = co_await context.settler->settle(id, std::move(*seen));
    if (settled == withdrawals::Settled::unknown_withdrawal) {
        if (is_odd) {
            co_await keep_unreadable(
                context, request,
                for_a_person(request, message,
                             "of a payout that is gone, and its code is in no table"),
                {});
        }
        co_await was_lost(context, message.withdrawal);
    }
    notice_callback(context, withdrawals::name(settled));
    log::debug("callback", "taken",
               {{"withdrawal", message.withdrawal},
                {"outcome", withdrawals::name(settled)},
                {"request_id", request.request_id}});
    co_return thanks();
}

}  // namespace lango::api
