// What the console's requests share, and the requests themselves, by what they are about.
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backoffice/refusals.hpp"
#include "base/json.hpp"
#include "console/console.hpp"
#include "console/live_room.hpp"
#include "http/router.hpp"
#include "people/attempts.hpp"
#include "people/people.hpp"

namespace lango::console {

using backoffice::Refusal;
using backoffice::refuse;
using Answer = asio::awaitable<http::Response>;

struct Desk {
    Parts parts;
    Options options;
    LiveRoom live;
    http::Router use_cases;
    std::size_t hashes_waiting = 0;

    [[nodiscard]] const backoffice::AdminParts& all() const { return *parts.backoffice; }
    [[nodiscard]] store::Store& store() const { return all().store; }
    [[nodiscard]] const crypto::MasterKey& master() const { return all().master; }
    [[nodiscard]] Instant now() const { return all().clock.now(); }
};

// A request, and who it is from as far as they have shown it.
struct Visit {
    const http::Request& request;
    std::string id;  // of the session, as the cookie has it; "": none came
    std::optional<people::BrowserSession> session{};
    std::optional<people::Person> person{};
    json::Value body{json::Object{}};

    [[nodiscard]] bool is_in() const {
        return session && session->stage == people::Stage::in && person;
    }
    [[nodiscard]] std::string text(std::string_view field) const { return body.text_at(field); }
};
[[nodiscard]] asio::awaitable<Visit> visit_of(Desk& desk, const http::Request& request);

// Where it comes from, and what its browser says of itself.
[[nodiscard]] people::Caller caller_of(const http::Request& request);

// The session of this id as it stands now, with these cookies.
[[nodiscard]] Answer tell_session(Desk& desk, std::string id, std::vector<std::string> cookies);
// {"status":"ok"}
[[nodiscard]] http::Response done();

// By whom attempts are counted: what is tried ("password", "code") for whom, and from where.
[[nodiscard]] std::vector<people::Counter> counters(const Desk& desk, const Visit& visit,
                                                    std::string_view what, std::string_view name);
// Nothing: it may be tried. Else the answer: how long to wait.
[[nodiscard]] asio::awaitable<std::optional<http::Response>> begin_attempt(
    Desk& desk, std::vector<people::Counter> counters);
// A cookie by which this browser is known again as one that this person has been in with; nothing:
// it has one.
[[nodiscard]] std::optional<std::string> known_browser(Desk& desk, const Visit& visit,
                                                       std::string_view name);

// Beside the loop; nothing: too many wait for that.
[[nodiscard]] asio::awaitable<std::optional<bool>> is_password(Desk& desk, std::string hash,
                                                               Secret password);
[[nodiscard]] asio::awaitable<std::optional<std::string>> hash_password(Desk& desk,
                                                                        Secret password);
[[nodiscard]] http::Response too_busy();

// Whether a code of the person's phone is shown with the call (Lango-Code), which is used up.
// Nothing: it is; else the answer.
[[nodiscard]] asio::awaitable<std::optional<http::Response>> step_up(Desk& desk,
                                                                     const http::Request& request,
                                                                     std::string name);

Answer show_session(Desk& desk, Visit visit);
Answer log_in(Desk& desk, Visit visit);
Answer show_code(Desk& desk, Visit visit);
Answer log_out(Desk& desk, Visit visit);
Answer list_sessions(Desk& desk, Visit visit);
Answer end_session(Desk& desk, Visit visit);
Answer begin_phone(Desk& desk, Visit visit);
Answer confirm_phone(Desk& desk, Visit visit);
Answer renew_recovery_codes(Desk& desk, Visit visit);
Answer accept_invitation(Desk& desk, Visit visit);
Answer change_password(Desk& desk, Visit visit);
Answer listen(Desk& desk, Visit visit);

}  // namespace lango::console
