// The way in: a password, then a code. Each step has another id.
#include "console/desk.hpp"
#include "console/guard.hpp"
#include "people/passwords.hpp"
#include "people/refused_keys.hpp"
#include "people/second_factor.hpp"
#include "people/trail.hpp"

namespace lango::console {

namespace {

constexpr std::string_view console_name = "the console";  // in the trail, of whom nobody knows
constexpr std::size_t name_max = 40;

// A password was right.
std::optional<std::string> begin(store::Tx& tx, const Desk& desk, const Visit& visit,
                                 const std::string& name, const std::string& hash,
                                 const std::vector<people::Counter>& counted, std::string id) {
    people::attempt_succeeded(tx, desk.master(), counted);
    // They may have been removed, or have another one, while this one was hashed.
    if (!people::find(tx, name) || people::password_hash(tx, name) != hash) return std::nullopt;
    if (visit.session) people::end_browser_session(tx, visit.session->name, visit.session->number);
    const auto stage =
        people::has_second_factor(tx, name) ? people::Stage::second_factor : people::Stage::enroll;
    people::begin_browser_session(tx, desk.master(), id, name, stage, caller_of(visit.request),
                                  desk.now());
    return id;
}

asio::awaitable<http::Response> wrong_password(Desk& desk, std::string name) {
    co_await desk.store().write([name = std::move(name), now = desk.now()](store::Tx& tx) {
        people::count_refused_key(tx, now, name, console_name, "/session");
    });
    co_return refuse(Refusal::wrong_password);
}

}  // namespace

Answer log_in(Desk& desk, Visit visit) {
    const auto name = visit.text("name").substr(0, name_max);
    const auto counted = counters(desk, visit, "password", name);
    if (auto wait = co_await begin_attempt(desk, counted)) co_return *std::move(wait);
    const auto hash = co_await desk.store().read([name](store::Reader& reader) {
        return people::find(reader, name) ? people::password_hash(reader, name) : std::string{};
    });
    const auto text = visit.text("password");
    const auto is_right = text.size() > people::password_max
                              ? std::optional{false}
                              : co_await is_password(desk, hash, Secret{text});
    if (!is_right) co_return too_busy();
    if (!*is_right) co_return co_await wrong_password(desk, name);
    const auto id = co_await desk.store().write(
        [&desk, &visit, name, hash, counted, fresh = people::new_session_id(desk.all().random)](
            store::Tx& tx) { return begin(tx, desk, visit, name, hash, counted, fresh); });
    if (!id) co_return refuse(Refusal::wrong_password);
    co_return co_await tell_session(desk, *id, {set_cookie(session_cookie, *id)});
}

Answer show_code(Desk& desk, Visit visit) {
    const auto name = visit.session->name;
    const auto counted = counters(desk, visit, "code", name);
    if (auto wait = co_await begin_attempt(desk, counted)) co_return *std::move(wait);
    const auto id = people::new_session_id(desk.all().random);
    const bool is_in = co_await desk.store().write(
        [&desk, name, counted, id, code = visit.text("code"), number = visit.session->number,
         now = desk.now()](store::Tx& tx) {
            const bool is_good = people::use_totp(tx, desk.master(), name, code, now) ||
                                 people::use_recovery_code(tx, desk.master(), name, code, now);
            if (!is_good) {
                people::count_refused_key(tx, now, name, console_name, "/session/code");
                return false;
            }
            people::attempt_succeeded(tx, desk.master(), counted);
            people::change_browser_session(tx, desk.master(), number, id, people::Stage::in, now);
            return true;
        });
    if (!is_in) co_return refuse(Refusal::wrong_code);
    std::vector<std::string> cookies{set_cookie(session_cookie, id)};
    if (auto known = known_browser(desk, visit, name)) cookies.push_back(*std::move(known));
    co_return co_await tell_session(desk, id, std::move(cookies));
}

Answer log_out(Desk& desk, Visit visit) {
    if (visit.session) {
        co_await desk.store().write([session = *visit.session, now = desk.now()](store::Tx& tx) {
            people::end_browser_session(tx, session.name, session.number);
            if (session.stage == people::Stage::in) {
                people::record(tx, now, session.name, "logged out", session.name, "browser");
            }
        });
    }
    const auto id = people::new_session_id(desk.all().random);
    co_return co_await tell_session(desk, id, {set_cookie(session_cookie, id)});
}

asio::awaitable<std::optional<http::Response>> step_up(Desk& desk, const http::Request& request,
                                                       std::string name) {
    const std::string code{request.headers.find("Lango-Code").value_or("")};
    if (code.empty()) {
        co_return refuse(Refusal::key_needed,
                         "This asks for a code of your phone, shown with the call.");
    }
    const Visit visit{.request = request, .id = {}};
    const auto counted = counters(desk, visit, "code", name);
    if (auto wait = co_await begin_attempt(desk, counted)) co_return wait;
    const bool is_good = co_await desk.store().write(
        [&desk, name, counted, code, path = request.path, now = desk.now()](store::Tx& tx) {
            if (people::use_totp(tx, desk.master(), name, code, now)) {
                people::attempt_succeeded(tx, desk.master(), counted);
                return true;
            }
            people::count_refused_key(tx, now, name, console_name, path);
            return false;
        });
    co_return is_good ? std::nullopt : std::optional{refuse(Refusal::wrong_code)};
}

}  // namespace lango::console
