#include <algorithm>

#include "ops/logging.hpp"
#include "window/desk.hpp"
#include "window/form.hpp"

namespace lango::window {

namespace {

struct Known {
    std::optional<Order> order;
    bool other_payment = false;  // made by the API under that name
};

asio::awaitable<Known> look_up(Desk& desk, MerchantId merchant, std::string id) {
    co_return co_await desk.context.store.read(
        [merchant, id = std::move(id)](store::Reader& reader) {
            Known known{.order = find(reader, merchant, id)};
            known.other_payment = !known.order && deposits::find(reader, merchant, id).has_value();
            return known;
        });
}

}  // namespace

void tell_refused(const Desk& desk, const Visit& visit, std::string_view kind) {
    if (desk.context.refused) desk.context.refused(kind, *visit.merchant, visit.request);
}

http::Response faulty(const Desk& desk, const Visit& visit, const std::vector<Fault>& faults) {
    if (std::ranges::find(faults, Key::problem_signature, &Fault::says) != faults.end()) {
        tell_refused(desk, visit, "link_signature");
    }
    log::info("window", "a shop's link has a fault",
              {{"request_id", visit.request.request_id},
               {"merchant", visit.merchant->slug},
               {"parameter", faults.front().parameter}});
    return draw(visit, faulty_link(visit, faults));
}

EnterForm form_of(Desk& desk, const Visit& visit, const Link& link) {
    EnterForm form;
    form.amount = link.fixed_amount;
    form.amount_min = visit.merchant->deposit_min;
    form.amount_max = visit.merchant->deposit_max;
    form.key = form_key(desk.context.master, visit.merchant->id, link.custom_transaction_id, 1);
    if (const auto phone = remembered_phone(desk.context, visit)) {
        form.typed_phone = "0" + phone->raw().substr(3);
        form.remember = true;
    }
    return form;
}

asio::awaitable<http::Response> open(Desk& desk, Visit visit) {
    const auto link = read_link(visit.request.query, *visit.merchant, desk.context.clock.now());
    if (!link) co_return faulty(desk, visit, link.error());
    for (const auto& name : link->ignored) {
        log::info("window", "a redirect that does not verify is not followed",
                  {{"request_id", visit.request.request_id},
                   {"merchant", visit.merchant->slug},
                   {"parameter", name}});
    }
    const auto known = co_await look_up(desk, visit.merchant->id, link->custom_transaction_id);
    if (known.order && is_same(*known.order, *link)) {
        co_return go_to(visit.order_path(token(desk.context.master, known.order->id)));
    }
    if (known.order || known.other_payment) {
        co_return faulty(desk, visit,
                         {{.parameter = "custom_transaction_id", .says = Key::problem_taken}});
    }
    if (visit.merchant->is_disabled) co_return closed(visit);
    if (!link->names_system) co_return draw(visit, systems(visit));
    co_return draw(visit, enter(visit, form_of(desk, visit, *link)));
}

}  // namespace lango::window
