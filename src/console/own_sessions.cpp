// One's own sessions in the browser.
#include <charconv>

#include "base/json_writer.hpp"
#include "console/desk.hpp"
#include "people/trail.hpp"

namespace lango::console {

Answer list_sessions(Desk& desk, Visit visit) {
    const auto all =
        co_await desk.store().read([&desk, name = visit.person->name](store::Reader& reader) {
            return people::browser_sessions(reader, name, desk.options.sessions, desk.now());
        });
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().member("status", "ok").key("sessions").begin_array();
    for (const auto& session : all) {
        writer.begin_object()
            .member("id", std::to_string(session.number))
            .member("began_at", format_rfc3339(session.began_at))
            .member("seen_at", format_rfc3339(session.seen_at))
            .member("address", session.address)
            .member("browser", session.browser)
            .key("current")
            .boolean(session.number == visit.session->number)
            .end_object();
    }
    writer.end_array().end_object();
    co_return response;
}

Answer end_session(Desk& desk, Visit visit) {
    const auto text = visit.text("id");
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    const bool is_ended =
        is_number && co_await desk.store().write(
                         [name = visit.person->name, number, now = desk.now()](store::Tx& tx) {
                             const bool ended = people::end_browser_session(tx, name, number);
                             if (ended)
                                 people::record(tx, now, name, "session ended", name, "browser");
                             return ended;
                         });
    co_return is_ended ? done() : refuse(Refusal::refused, "There is no such session of yours.");
}

}  // namespace lango::console
