#include "backoffice/use_case.hpp"

#include <algorithm>

#include "backoffice/checks.hpp"
#include "backoffice/proposals.hpp"
#include "people/people.hpp"
#include "people/refused_keys.hpp"
#include "people/sessions.hpp"
#include "postbacks/readable.hpp"

namespace lango::backoffice {

namespace {

struct Credentials {
    std::string name;
    std::string key;
    std::string session;
};

// By headers, or as members of the body, which are taken out of it.
Credentials credentials_of(const http::Request& request, json::Value& body) {
    const auto header = [&](std::string_view name) {
        return std::string{request.headers.find(name).value_or("")};
    };
    Credentials shown{
        .name = header(name_header), .key = header(key_header), .session = header(session_header)};
    if (body.object() == nullptr) return shown;
    if (shown.name.empty()) shown.name = body.text_at("as");
    if (shown.key.empty()) shown.key = body.text_at("key");
    auto members = *body.object();
    std::erase_if(members, [](const json::Member& member) {
        return member.first == "as" || member.first == "key";
    });
    body = json::Value{std::move(members)};
    return shown;
}

// Of keys that are tried, the trail tells: whoever sits at this machine can try many.
http::asio::awaitable<void> note_refused_key(SharedParts parts, const http::Request& request,
                                             std::string name) {
    if (parts->key_refused) parts->key_refused(request);
    co_await parts->store.write(
        [name = std::move(name), path = request.path, now = parts->clock.now()](store::Tx& tx) {
            people::count_refused_key(tx, now, name, machine_name, path);
        });
}

http::asio::awaitable<Known> who_shows(SharedParts parts, const http::Request& request,
                                       Credentials shown) {
    if (!shown.name.empty()) {
        const auto person = co_await parts->store.read([parts, shown](store::Reader& reader) {
            return people::with_key(reader, parts->master, shown.name, shown.key);
        });
        if (person) co_return Known{.actor = actor_of(*person, Actor::Channel::key)};
        co_await note_refused_key(parts, request, shown.name);
        co_return Known{.refusal = refuse(Refusal::wrong_key, "There is no person " +
                                                                  postbacks::readable(shown.name) +
                                                                  " with this key.")};
    }
    if (!shown.session.empty()) {
        const auto person = co_await parts->store.read(
            [parts, shown, now = parts->clock.now()](store::Reader& reader) {
                return people::with_session(reader, parts->master, shown.session, now);
            });
        if (person) co_return Known{.actor = actor_of(*person, Actor::Channel::session)};
        co_return Known{.refusal = refuse(Refusal::session_over)};
    }
    if (!request.acting_as.empty()) {
        co_return Known{.actor = Actor{.name = request.acting_as,
                                       .permissions = people::Permissions::all(),
                                       .channel = Actor::Channel::process}};
    }
    co_return Known{.actor = Actor{.name = std::string{machine_name}}};
}

class LocalSocket final : public Door {
  public:
    http::asio::awaitable<Known> who_asks(SharedParts parts, const http::Request& request,
                                          json::Value& body) const override {
        return who_shows(std::move(parts), request, credentials_of(request, body));
    }
    http::asio::awaitable<std::optional<http::Response>> step_up(
        SharedParts /*parts*/, const Call& /*call*/) const override {
        co_return refuse(Refusal::key_needed);
    }
};

// Nothing: they may.
http::asio::awaitable<std::optional<Denial>> refusal_of(SharedParts parts, const UseCase& use,
                                                        const Call& call) {
    if (call.actor.is_named()) {
        co_return co_await parts->store.read(
            [&use, &call](store::Reader& reader) { return why_not(reader, use, call); });
    }
    // A shell of this machine may look, and make the first administrator.
    if (use.is_question() || use.by_machine) co_return std::nullopt;
    const bool has_one = co_await parts->store.read(
        [](store::Reader& reader) { return people::has_administrator(reader); });
    if (use.bootstrap && !has_one) co_return std::nullopt;
    co_return Denial{.refusal = has_one ? Refusal::nobody : Refusal::no_administrator};
}

}  // namespace

std::shared_ptr<const Door> local_socket() {
    static const auto door = std::make_shared<const LocalSocket>();
    return door;
}

Actor actor_of(const people::Person& person, Actor::Channel channel) {
    return {.name = person.name,
            .permissions = person.permissions,
            .merchant = person.merchant,
            .channel = channel,
            .key_is_own = person.key_is_own};
}

Answer carry_out(SharedParts parts, const Door& door, const UseCase& use,
                 const http::Request& request, std::vector<std::string> path) {
    Call call{.actor = {},
              .request = request,
              .body = json::Value{json::Object{}},
              .path = std::move(path)};
    if (request.body.size() > use.body_max) {
        co_return refuse(Refusal::field_malformed,
                         "The body is larger than " + std::to_string(use.body_max) + " bytes.");
    }
    if (use.body == Body::object && !request.body.empty()) {
        auto body = json::parse(request.body);
        if (!body || body->object() == nullptr) co_return refuse(Refusal::not_an_object);
        call.body = *std::move(body);
    }
    auto known = co_await door.who_asks(parts, request, call.body);
    if (known.refusal) co_return *std::move(known.refusal);
    call.actor = *std::move(known.actor);
    auto denial = co_await refusal_of(parts, use, call);
    if (denial && denial->refusal != Refusal::key_needed) co_return refuse(*denial);
    if (use.body == Body::object) {
        if (const auto wrong = wrong_field(use, call.body)) {
            co_return refuse(wrong->refusal, wrong->message);
        }
    }
    // Last, because what is shown is good once.
    if (denial) {
        if (auto lacking = co_await door.step_up(parts, call)) co_return *std::move(lacking);
        call.actor.has_second_factor = true;
        denial = co_await refusal_of(parts, use, call);
        if (denial) co_return refuse(*denial);
    }
    if (co_await needs_another(parts, use, call)) {
        co_return co_await propose(parts, use, std::move(call));
    }
    co_return co_await use.handler(parts, std::move(call));
}

}  // namespace lango::backoffice
