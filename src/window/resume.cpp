#include "window/desk.hpp"

namespace lango::window {

asio::awaitable<http::Response> resume_by_code(Desk& desk, Visit visit) {
    const auto typed = visit.query.find("code");
    if (!typed) co_return draw(visit, resume(visit, "", std::nullopt));
    const std::string shown{is_plain_text(*typed) ? typed->substr(0, 12) : std::string_view{}};
    // Whoever tries codes is one address.
    if (!desk.limits.admit(visit.request.peer, desk.context.clock.now())) {
        co_return draw(visit, resume(visit, "", Key::too_many_here));
    }
    const auto code = read_code(*typed);
    if (!code) co_return draw(visit, resume(visit, shown, Key::resume_wrong));
    const auto order = co_await desk.context.store.read(
        [merchant = visit.merchant->id, code = *code](store::Reader& reader) {
            return find_by_code(reader, merchant, code);
        });
    if (!order) co_return draw(visit, resume(visit, shown, Key::resume_wrong));
    co_return go_to(visit.order_path(token(desk.context.master, order->id)));
}

}  // namespace lango::window
