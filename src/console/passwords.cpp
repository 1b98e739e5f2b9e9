// How a password is made, by an invitation, and changed.
#include "people/passwords.hpp"

#include "console/desk.hpp"
#include "console/guard.hpp"
#include "people/invitations.hpp"

namespace lango::console {

Answer accept_invitation(Desk& desk, Visit visit) {
    const auto token = visit.text("token");
    const auto password = visit.text("password");
    // Whoever guesses tokens is counted by where they are.
    const auto counted = counters(desk, visit, "invitation", token);
    if (auto wait = co_await begin_attempt(desk, counted)) co_return *std::move(wait);
    const auto name =
        co_await desk.store().write([&desk, token, counted, now = desk.now()](store::Tx& tx) {
            auto whose = people::invited(tx, desk.master(), token, now);
            if (whose) people::attempt_succeeded(tx, desk.master(), counted);
            return whose;
        });
    if (!name) co_return refuse(Refusal::invitation_over);
    if (const auto weak = people::why_weak(password, *name)) {
        co_return refuse(Refusal::weak_password, *weak);
    }
    const auto hash = co_await hash_password(desk, Secret{password});
    if (!hash) co_return too_busy();
    const auto id = people::new_session_id(desk.all().random);
    const bool is_accepted = co_await desk.store().write([&desk, &visit, token, hash = *hash, id,
                                                          now = desk.now()](store::Tx& tx) {
        const auto whose = people::accept(tx, desk.master(), desk.all().random, now, token, hash);
        if (!whose) return false;
        if (visit.session) {
            people::end_browser_session(tx, visit.session->name, visit.session->number);
        }
        people::begin_browser_session(tx, desk.master(), id, *whose, people::Stage::enroll,
                                      caller_of(visit.request), now);
        return true;
    });
    if (!is_accepted) co_return refuse(Refusal::invitation_over);
    co_return co_await tell_session(desk, id, {set_cookie(session_cookie, id)});
}

Answer change_password(Desk& desk, Visit visit) {
    const auto name = visit.person->name;
    const auto before = visit.text("old");
    const auto wanted = visit.text("new");
    if (const auto weak = people::why_weak(wanted, name)) {
        co_return refuse(Refusal::weak_password, *weak);
    }
    const auto counted = counters(desk, visit, "password", name);
    if (auto wait = co_await begin_attempt(desk, counted)) co_return *std::move(wait);
    const auto hash = co_await desk.store().read(
        [name](store::Reader& reader) { return people::password_hash(reader, name); });
    const auto is_right = before.size() > people::password_max
                              ? std::optional{false}
                              : co_await is_password(desk, hash, Secret{before});
    if (!is_right) co_return too_busy();
    if (!*is_right) co_return refuse(Refusal::wrong_password);
    const auto anew = co_await hash_password(desk, Secret{wanted});
    if (!anew) co_return too_busy();
    const auto id = people::new_session_id(desk.all().random);
    const bool is_changed = co_await desk.store().write([&desk, name, hash, anew = *anew, counted,
                                                         id, number = visit.session->number,
                                                         now = desk.now()](store::Tx& tx) {
        people::attempt_succeeded(tx, desk.master(), counted);
        if (!people::find(tx, name) || people::password_hash(tx, name) != hash) return false;
        people::set_password(tx, now, name, anew, "password changed");
        people::end_browser_sessions(tx, name, number);
        people::change_browser_session(tx, desk.master(), number, id, people::Stage::in, now);
        return true;
    });
    if (!is_changed) co_return refuse(Refusal::wrong_password);
    co_return co_await tell_session(desk, id, {set_cookie(session_cookie, id)});
}

}  // namespace lango::console
