// Who a request is from, and what is told of their session.
#include "base/json_writer.hpp"
#include "console/desk.hpp"
#include "console/guard.hpp"
#include "merchants/merchants.hpp"
#include "people/second_factor.hpp"

namespace lango::console {

namespace {

constexpr std::size_t browser_max = 200;
constexpr std::string_view zone_of_the_house = "Africa/Nairobi";

std::string_view word(const std::optional<people::BrowserSession>& session) {
    if (!session) return "none";
    switch (session->stage) {
        case people::Stage::second_factor:
            return "second_factor";
        case people::Stage::enroll:
            return "enroll";
        case people::Stage::in:
            return "in";
    }
    return "none";
}

struct Told {
    std::optional<people::BrowserSession> session{};
    std::optional<people::Person> person{};
    bool has_phone = false;
    std::int64_t recovery_left = 0;
};

Told told_of(store::Reader& reader, const Desk& desk, const std::string& id) {
    Told told{.session = people::with_browser_session(reader, desk.master(), id,
                                                      desk.options.sessions, desk.now())};
    if (told.session) told.person = people::find(reader, told.session->name);
    if (!told.person) return {};
    told.has_phone = people::has_second_factor(reader, told.person->name);
    told.recovery_left = people::recovery_codes_left(reader, told.person->name);
    return told;
}

void write_person(json::Writer& writer, const Desk& desk, const Told& told) {
    const auto& person = *told.person;
    const auto* const directory = desk.all().merchants;
    const auto merchant =
        person.merchant && directory != nullptr ? directory->by_id(*person.merchant) : nullptr;
    writer.member("name", person.name).member("role", person.role_name).key("merchant");
    merchant ? writer.string(merchant->slug) : writer.null();
    writer.key("permissions").begin_array();
    for (std::size_t i = 0; i < people::permission_count; ++i) {
        const auto permission = static_cast<people::Permission>(i);
        if (person.permissions.has(permission)) writer.string(people::name(permission));
    }
    writer.end_array()
        .member("zone", merchant ? std::string_view{merchant->time_zone} : zone_of_the_house)
        .member("recovery_left", told.recovery_left);
}

}  // namespace

asio::awaitable<Visit> visit_of(Desk& desk, const http::Request& request) {
    Visit visit{.request = request, .id = cookie(request, session_cookie)};
    if (visit.id.empty()) co_return visit;
    auto told = co_await desk.store().read(
        [&desk, id = visit.id](store::Reader& reader) { return told_of(reader, desk, id); });
    visit.session = std::move(told.session);
    visit.person = std::move(told.person);
    co_return visit;
}

people::Caller caller_of(const http::Request& request) {
    people::Caller caller{.address = request.peer, .browser = {}};
    for (const char c : request.headers.find("User-Agent").value_or("").substr(0, browser_max)) {
        caller.browser += c >= 0x20 && c < 0x7f ? c : '?';
    }
    return caller;
}

Answer tell_session(Desk& desk, std::string id, std::vector<std::string> cookies) {
    const auto told = co_await desk.store().read(
        [&desk, id](store::Reader& reader) { return told_of(reader, desk, id); });
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object()
        .member("status", "ok")
        .member("state", word(told.session))
        .member("csrf", csrf_token(desk.master(), id))
        .member("version", desk.options.version)
        .key("sandbox")
        .boolean(desk.options.is_sandbox)
        .key("factors")
        .begin_array();
    if (told.has_phone) writer.string("totp");
    writer.end_array();
    if (told.session && told.session->stage == people::Stage::in) {
        write_person(writer, desk, told);
    } else if (told.session) {
        writer.member("name", told.person->name);
    }
    writer.end_object();
    for (auto& cookie : cookies) response.headers.emplace_back("Set-Cookie", std::move(cookie));
    co_return response;
}

http::Response done() { return {.body = R"({"status":"ok"})"}; }

Answer show_session(Desk& desk, Visit visit) {
    // Whoever has none yet gets the id of a session of nobody: what they send is told by it from
    // what another site sends.
    std::vector<std::string> cookies;
    if (visit.id.empty()) {
        visit.id = people::new_session_id(desk.all().random);
        cookies.push_back(set_cookie(session_cookie, visit.id));
    }
    co_return co_await tell_session(desk, visit.id, std::move(cookies));
}

}  // namespace lango::console
