#include "window/prompt.hpp"

namespace lango::window {

bool may_send(Desk& desk, const Visit& visit, const Typed& typed, EnterForm& form, Instant now) {
    if (form.phone_error || form.amount_error || form.trouble) return false;
    if (desk.context.rail.down_for(now)) {
        form.trouble = Key::rail_down;
    } else if (!desk.limits.may_prompt(*typed.phone, now)) {
        form.phone_error = Key::phone_not_now;
    } else if (desk.context.admit && desk.context.admit(visit.merchant->id, now)) {
        form.trouble = Key::too_many_here;
    }
    return !form.phone_error && !form.trouble;
}

http::Response sent(Desk& desk, const Visit& visit, const Typed& typed, OrderId order,
                    DepositId attempt, Instant now) {
    desk.limits.prompted(*typed.phone, now);
    desk.context.wake_worker();
    const auto name = token(desk.context.master, order);
    auto response = go_to(visit.order_path(name));
    response.headers.emplace_back("Set-Cookie", own_cookie(desk.context, visit, name, attempt));
    response.headers.emplace_back(
        "Set-Cookie",
        phone_cookie(desk.context, visit, typed.remember ? typed.phone : std::optional<Msisdn>{}));
    return response;
}

}  // namespace lango::window
