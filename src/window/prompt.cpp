#include "window/prompt.hpp"

#include "ops/logging.hpp"
#include "window/prompts.hpp"

namespace lango::window {

namespace {

bool may_ring(const Options& options, const Recent& phone) {
    if (options.prompts_per_phone_hour == 0) return true;
    return phone.rung < options.prompts_per_phone_hour && !phone.said_no;
}

}  // namespace

asio::awaitable<bool> may_send(Desk& desk, const Visit& visit, const Typed& typed, EnterForm& form,
                               bool is_signed, Instant now) {
    if (form.phone_error || form.amount_error || form.trouble) co_return false;
    if (desk.context.rail.down_for(now)) {
        form.trouble = Key::rail_down;
        co_return false;
    }
    const auto& merchant = *visit.merchant;
    struct Heard : Recent {
        std::optional<std::vector<Instant>> admitted{};
    };
    const auto heard = co_await desk.context.store.read([id = merchant.id, phone = *typed.phone,
                                                         known = desk.limits.knows(merchant.id),
                                                         now](store::Reader& reader) {
        Heard found{recent(reader, id, phone, now)};
        if (!known) found.admitted = unsigned_since(reader, id, now - Limits::at_once);
        return found;
    });
    if (heard.admitted && !desk.limits.knows(merchant.id)) {
        desk.limits.remember(merchant.id, merchant.window.prompts_per_minute, *heard.admitted);
    }
    if (!may_ring(desk.options, heard)) {
        form.phone_error = Key::phone_not_now;
    } else if (!is_signed &&
               !desk.limits.admit_unsigned(merchant.id, merchant.window.prompts_per_minute,
                                           heard.unwanted, now)) {
        log::warn("window", "too many prompts by unsigned links: the merchant's limit holds them",
                  {{"request_id", visit.request.request_id},
                   {"merchant", merchant.slug},
                   {"unwanted", heard.unwanted ? "true" : "false"}});
        form.trouble = Key::shop_busy;
    } else if (desk.context.admit && desk.context.admit(merchant.id, now)) {
        form.trouble = Key::shop_busy;
    }
    co_return !form.phone_error && !form.trouble;
}

http::Response sent(Desk& desk, const Visit& visit, const Typed& typed, OrderId order,
                    DepositId attempt) {
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
