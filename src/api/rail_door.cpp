#include "api/rail_door.hpp"

#include <algorithm>

#include "api/caller.hpp"
#include "api/envelope.hpp"
#include "api/rail_path.hpp"
#include "base/clock.hpp"
#include "ops/logging.hpp"
#include "store/store.hpp"

namespace lango::api {

namespace {

bool from_the_rail(const Context& context, const http::Request& request) {
    return context.callback_addresses.empty() ||
           std::ranges::find(context.callback_addresses, request.peer) !=
               context.callback_addresses.end();
}

}  // namespace

std::optional<http::Response> refuse_at_door(const Context& context, const http::Request& request) {
    const auto path = split_rail_path(request.path);
    if (!path || path->rest.empty()) return not_found();
    const auto token = path->rest.substr(1);
    return refuse_at_door(context, request, path->about, http::percent_decode(path->subject, false),
                          http::percent_decode(token.substr(0, token.find('/')), false));
}

std::optional<http::Response> refuse_at_door(const Context& context, const http::Request& request,
                                             std::string_view about, std::string_view subject,
                                             std::string_view token) {
    if (!from_the_rail(context, request)) {
        notice_callback(context, "foreign_address");
        refuse_caller(context, request, "callback_address", nullptr);
        return not_found();
    }
    if (!context.master.is_token(about, subject, token)) {
        notice_callback(context, "unknown_token");
        refuse_caller(context, request, "callback_token", nullptr);
        return not_found();
    }
    return std::nullopt;
}

asio::awaitable<void> keep_unreadable(const Context& context, const http::Request& request,
                                      unreadable::Message message,
                                      std::function<void(store::Tx&, Instant)> also) {
    notice_callback(context, "unreadable");
    log::warn("callback", "kept for a person: lango unreadable list",
              {{"door", unreadable::name(message.door)},
               {"subject", message.subject},
               {"why", message.why},
               {"request_id", request.request_id}});
    const auto now = context.clock.now();
    co_await context.store.write(
        [message = std::move(message), also = std::move(also), now](store::Tx& tx) {
            if (also) also(tx, now);
            unreadable::keep(tx, message, now);
        });
}

void notice_callback(const Context& context, std::string_view outcome) {
    if (context.callback_noticed) context.callback_noticed(outcome);
}

http::Response thanks() { return ok(R"({"ResultCode":0,"ResultDesc":"Accepted"})"); }

}  // namespace lango::api
