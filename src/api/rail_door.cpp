#include "api/rail_door.hpp"

#include <algorithm>

#include "api/caller.hpp"
#include "api/envelope.hpp"

namespace lango::api {

namespace {

bool from_the_rail(const Context& context, const http::Request& request) {
    return context.callback_addresses.empty() ||
           std::ranges::find(context.callback_addresses, request.peer) !=
               context.callback_addresses.end();
}

}  // namespace

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

void notice_callback(const Context& context, std::string_view outcome) {
    if (context.callback_noticed) context.callback_noticed(outcome);
}

http::Response thanks() { return ok(R"({"ResultCode":0,"ResultDesc":"Accepted"})"); }

}  // namespace lango::api
