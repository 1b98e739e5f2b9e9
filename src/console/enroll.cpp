// A second factor: the phone that shows codes, and recovery codes for when it is gone.
#include "base/json_writer.hpp"
#include "console/desk.hpp"
#include "console/guard.hpp"
#include "people/second_factor.hpp"
#include "people/totp.hpp"
#include "window/qr.hpp"

namespace lango::console {

namespace {

void write_codes(json::Writer& writer, const std::vector<std::string>& codes) {
    writer.key("recovery_codes").begin_array();
    for (const auto& code : codes) writer.string(code);
    writer.end_array();
}

}  // namespace

// Who has one already shows it before there is another: a password alone changes nothing.
Answer begin_phone(Desk& desk, Visit visit) {
    const auto name = visit.person->name;
    if (visit.is_in()) {
        if (auto lacking = co_await step_up(desk, visit.request, name)) {
            co_return *std::move(lacking);
        }
    }
    const auto secret = co_await desk.store().write([&desk, name](store::Tx& tx) {
        return people::begin_totp(tx, desk.master(), desk.all().random, name);
    });
    const auto uri = people::totp::uri(secret, name);
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object()
        .member("status", "ok")
        .member("secret", people::totp::base32(secret))
        .member("uri", uri);
    if (const auto qr = window::qr_path(uri)) writer.member("qr", qr->path);
    writer.end_object();
    co_return response;
}

Answer confirm_phone(Desk& desk, Visit visit) {
    const auto name = visit.person->name;
    const auto counted = counters(desk, visit, "phone", name);
    if (auto wait = co_await begin_attempt(desk, counted)) co_return *std::move(wait);
    const auto id = people::new_session_id(desk.all().random);
    const auto codes = co_await desk.store().write([&desk, name, counted, id,
                                                    code = visit.text("code"),
                                                    number = visit.session->number,
                                                    now = desk.now()](store::Tx& tx) {
        auto made = people::confirm_totp(tx, desk.master(), desk.all().random, name, code, now);
        if (made) {
            people::attempt_succeeded(tx, desk.master(), counted);
            people::change_browser_session(tx, desk.master(), number, id, people::Stage::in, now);
            // Whoever was in by the phone before shows the new one.
            people::end_browser_sessions(tx, name, number);
        }
        return made;
    });
    if (!codes) co_return refuse(Refusal::wrong_code);
    std::vector<std::string> cookies{set_cookie(session_cookie, id)};
    if (auto known = known_browser(desk, visit, name)) cookies.push_back(*std::move(known));
    auto response = co_await tell_session(desk, id, std::move(cookies));
    // The session's document, and beside it what is shown this once.
    response.body.pop_back();
    response.body += ',';
    std::string shown;
    json::Writer writer{shown};
    writer.begin_object();
    write_codes(writer, *codes);
    writer.end_object();
    response.body += shown.substr(1);
    co_return response;
}

Answer renew_recovery_codes(Desk& desk, Visit visit) {
    const auto name = visit.person->name;
    if (auto lacking = co_await step_up(desk, visit.request, name)) co_return *std::move(lacking);
    const auto codes = co_await desk.store().write([&desk, name, now = desk.now()](store::Tx& tx) {
        return people::make_recovery_codes(tx, desk.master(), desk.all().random, name, now);
    });
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().member("status", "ok");
    write_codes(writer, codes);
    writer.end_object();
    co_return response;
}

}  // namespace lango::console
