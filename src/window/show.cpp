#include "deposits/ask_sooner.hpp"
#include "paybill/reference.hpp"
#include "window/desk.hpp"
#include "window/form.hpp"

namespace lango::window {

namespace {

// The reference that a payer of the order was told, or one for its last attempt.
asio::awaitable<std::string> reference(Desk& desk, std::vector<deposits::Deposit> attempts) {
    auto known = co_await desk.context.store.read([attempts](store::Reader& reader) {
        std::optional<std::string> found;
        for (const auto& attempt : attempts) {
            if (!found) found = paybill::find_reference(reader, attempt.id);
        }
        return found;
    });
    if (known) co_return *std::move(known);
    co_return co_await desk.context.store.write(
        [id = attempts.back().id](store::Tx& tx) { return paybill::give_reference(tx, id); });
}

// Somebody sees this page and waits: the rail is asked about the prompt before it would be.
asio::awaitable<void> ask_sooner(Desk& desk, const deposits::Deposit& prompted) {
    if (!prompted.pushed_at || !prompted.due_at) co_return;
    const auto at = *prompted.pushed_at + asked_after;
    if (prompted.state != deposits::State::prompted || prompted.tries > 0 ||
        *prompted.due_at <= at) {
        co_return;
    }
    const bool sooner = co_await desk.context.store.write(
        [id = prompted.id, at](store::Tx& tx) { return deposits::ask_sooner(tx, id, at); });
    if (sooner && desk.context.wake_checks) desk.context.wake_checks();
}

// Where a browser elsewhere finds this page.
std::string address(const Desk& desk, const Visit& visit, const std::string& path) {
    const auto& own = desk.context.public_url;
    if (!visit.base.empty()) return own + path;
    const auto scheme = own.substr(0, std::min(own.find("//"), own.size()));
    return scheme + "//" + std::string{visit.request.headers.find("Host").value_or("")} + path;
}

}  // namespace

asio::awaitable<std::optional<Found>> find(Desk& desk, const Visit& visit, std::string token) {
    const auto id = read_token(desk.context.master, token);
    if (!id) co_return std::nullopt;
    co_return co_await desk.context.store.read(
        [id = *id, merchant = visit.merchant->id](store::Reader& reader) -> std::optional<Found> {
            auto order = find(reader, id);
            if (!order || order->merchant != merchant) return std::nullopt;
            auto attempts = deposits::attempts(reader, merchant, order->custom_transaction_id);
            if (attempts.empty()) return std::nullopt;
            return Found{.order = *std::move(order), .attempts = std::move(attempts)};
        });
}

Standing stands_now(const Desk& desk, const Visit& visit, const Found& found) {
    auto stands = standing(found.attempts, desk.context.rail.capabilities().prompt_life,
                           desk.context.clock.now());
    if (visit.merchant->is_disabled) stop_offers(stands);
    return stands;
}

http::Response no_such_order(const Visit& visit) {
    return draw(visit, dead_end(visit, 404, Key::no_order_title, Key::no_order_text));
}

http::Response closed(const Visit& visit) {
    return draw(visit, dead_end(visit, 403, Key::closed_title, Key::closed_text));
}

EnterForm form_of(Desk& desk, const Visit& visit, const Found& found, const std::string& token) {
    EnterForm form;
    form.again = true;
    form.amount = found.attempts.back().amount;
    form.action = visit.order_path(token, "&view=again");
    form.back = visit.order_path(token);
    form.key = form_key(desk.context.master, visit.merchant->id, found.order.custom_transaction_id,
                        found.attempts.size() + 1);
    // Another number is wanted, not the same one again.
    const auto& last = found.attempts.back();
    if (offer(last.result_code).remedy == Remedy::other_number) return form;
    if (is_own(desk.context, visit, found.attempts.back().id)) {
        form.typed_phone = "0" + found.attempts.back().phone.raw().substr(3);
    }
    if (const auto phone = remembered_phone(desk.context, visit)) {
        form.typed_phone = "0" + phone->raw().substr(3);
        form.remember = true;
    }
    return form;
}

asio::awaitable<http::Response> show(Desk& desk, Visit visit, std::string token) {
    const auto found = co_await find(desk, visit, token);
    if (!found) co_return no_such_order(visit);
    const auto now = desk.context.clock.now();
    const auto stands = stands_now(desk, visit, *found);
    const Shown shown{.order = found->order,
                      .standing = stands,
                      .token = token,
                      .version = version(found->attempts),
                      .knows_phone = is_own(desk.context, visit, stands.deposit.id),
                      .paybill = desk.options.paybill,
                      .stay = visit.query.find("stay").has_value(),
                      .saw_nothing = visit.query.find("view") == "nothing",
                      .now = now};
    if (stands.screen == Screen::unseen) co_await ask_sooner(desk, stands.deposit);
    const auto view = std::string{visit.query.find("view").value_or("")};
    if (view == "paybill" && desk.options.paybill && stands.may_use_paybill) {
        const PaybillWay way{
            .number = desk.context.rail.shortcode(),
            .reference = co_await reference(desk, found->attempts),
            .address = address(desk, visit, visit.order_path(token, "&view=paybill"))};
        co_return draw(visit, paybill(visit, shown, way));
    }
    if (view == "again" && stands.may_try_again) {
        co_return draw(visit, enter(visit, form_of(desk, visit, *found, token)));
    }
    // What was asked for does not fit the order any more.
    const bool fits = view.empty() || (shown.saw_nothing && stands.screen == Screen::unseen);
    if (!fits) co_return go_to(visit.order_path(token));
    co_return draw(visit, order(visit, shown));
}

}  // namespace lango::window
