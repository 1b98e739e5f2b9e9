#include "console/door.hpp"

#include "console/desk.hpp"

namespace lango::console {

using backoffice::Known;

asio::awaitable<Known> BrowserDoor::who_asks(backoffice::SharedParts /*parts*/,
                                             const http::Request& request,
                                             json::Value& /*body*/) const {
    auto& desk = desk_;
    const auto visit = co_await visit_of(desk, request);
    if (!visit.is_in()) {
        co_return Known{.refusal =
                            refuse(visit.session ? Refusal::not_permitted : Refusal::nobody)};
    }
    if (people::is_to_be_noted(*visit.session, desk.now())) {
        co_await desk.store().write([number = visit.session->number, now = desk.now()](
                                        store::Tx& tx) { people::note_seen(tx, number, now); });
    }
    co_return Known{.actor =
                        backoffice::actor_of(*visit.person, backoffice::Actor::Channel::browser)};
}

asio::awaitable<std::optional<http::Response>> BrowserDoor::step_up(
    backoffice::SharedParts /*parts*/, const backoffice::Call& call) const {
    return console::step_up(desk_, call.request, call.actor.name);
}

}  // namespace lango::console
