#include "window/prompt.hpp"
#include "window/prompts.hpp"

namespace lango::window {

namespace {

struct Outcome {
    std::optional<Order> order;  // that stands now: this one, or one made before
    bool created = false;
    bool taken = false;  // the name is another payment's
    bool phone_busy = false;
};

// The order and its first attempt, in one write: a form that comes twice finds the order there.
Outcome create(store::Tx& tx, const Order& order, const deposits::NewDeposit& attempt,
               const Link& link, const Codes& codes, const deposits::Spacing& spacing,
               Instant now) {
    if (auto known = find(tx, order.merchant, order.custom_transaction_id)) {
        const bool same = is_same(*known, link);
        return {.order = std::move(known), .taken = !same};
    }
    if (const auto made = deposits::create(tx, attempt, spacing, now); !made) {
        const bool busy = made.error().back().first == "phone_number";
        return {.order = {}, .taken = !busy, .phone_busy = busy};
    }
    insert(tx, order, codes);
    keep_prompt(tx, attempt.id, attempt.merchant, attempt.phone, order.is_signed, now);
    return {.order = order, .created = true};
}

Order order_of(Desk& desk, const Visit& visit, const Link& link, Instant now) {
    Order order;
    order.id = OrderId{desk.context.ids.next(now)};
    order.merchant = visit.merchant->id;
    order.custom_transaction_id = link.custom_transaction_id;
    order.label = link.label;
    order.fixed_amount = link.fixed_amount;
    order.success_url = link.success.url;
    order.fail_url = link.fail.url;
    order.pending_url = link.pending.url;
    order.created_at = now;
    order.is_signed = link.is_signed;
    return order;
}

http::Response taken(const Desk& desk, const Visit& visit) {
    return faulty(desk, visit,
                  {{.parameter = "custom_transaction_id", .says = Key::problem_taken}});
}

asio::awaitable<std::optional<Order>> known_order(Desk& desk, MerchantId merchant, std::string id) {
    co_return co_await desk.context.store.read(
        [merchant, id = std::move(id)](store::Reader& reader) {
            return find(reader, merchant, id);
        });
}

}  // namespace

asio::awaitable<http::Response> pay(Desk& desk, Visit visit) {
    const auto link = read_link(visit.request.query, *visit.merchant, desk.context.clock.now());
    if (!link) co_return faulty(desk, visit, link.error());
    const auto known = co_await known_order(desk, visit.merchant->id, link->custom_transaction_id);
    if (known) {
        if (!is_same(*known, *link)) co_return taken(desk, visit);
        co_return go_to(visit.order_path(token(desk.context.master, known->id)));
    }
    if (visit.merchant->is_disabled) co_return closed(visit);
    const auto now = desk.context.clock.now();
    auto form = form_of(desk, visit, *link);
    const auto typed = read_form(visit.request, form);
    if (typed.key != form.key || is_foreign(visit.request)) form.trouble = Key::form_old;
    if (!desk.limits.admit(visit.request.peer, now)) form.trouble = Key::too_many_here;
    if (!co_await may_send(desk, visit, typed, form, link->is_signed, now)) {
        co_return draw(visit, enter(visit, form));
    }

    const auto order = order_of(desk, visit, *link, now);
    const deposits::NewDeposit attempt{.id = DepositId{desk.context.ids.next(now)},
                                       .merchant = order.merchant,
                                       .custom_transaction_id = order.custom_transaction_id,
                                       .label = order.label,
                                       .phone = *typed.phone,
                                       .amount = *typed.amount,
                                       .fee = visit.merchant->fee(*typed.amount)};
    const auto outcome = co_await desk.context.store.write(
        [order, attempt, link = *link, codes = draw_codes(desk.context.random),
         spacing = deposits::spacing(desk.context.rail.capabilities()),
         now](store::Tx& tx) { return create(tx, order, attempt, link, codes, spacing, now); });
    if (outcome.taken) co_return taken(desk, visit);
    if (outcome.phone_busy) {
        form.phone_error = Key::phone_not_now;
        co_return draw(visit, enter(visit, form));
    }
    if (!outcome.created) {
        co_return go_to(visit.order_path(token(desk.context.master, outcome.order->id)));
    }
    co_return sent(desk, visit, typed, order.id, attempt.id);
}

}  // namespace lango::window
