#include "backoffice/use_case.hpp"

#include <algorithm>

#include "backoffice/proposals.hpp"
#include "backoffice/refusals.hpp"
#include "people/people.hpp"
#include "people/sessions.hpp"
#include "people/trail.hpp"
#include "postbacks/readable.hpp"

namespace lango::backoffice {

namespace {

constexpr std::size_t name_shown = 40;  // bytes: no person's name is longer
constexpr std::string_view machine = "this machine";

struct Credentials {
    std::string name;
    std::string key;
    std::string session;
};

struct Known {
    std::optional<Actor> actor{};
    std::optional<http::Response> refusal{};
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

Actor actor_of(const people::Person& person, Actor::Channel channel) {
    return {
        .name = person.name, .role = person.role, .merchant = person.merchant, .channel = channel};
}

// Of keys that are tried, the trail tells: whoever sits at this machine can try many.
http::asio::awaitable<void> note_refused_key(SharedParts parts, const http::Request& request,
                                             std::string name) {
    if (parts->key_refused) parts->key_refused(request);
    co_await parts->store.write([name = postbacks::readable(name.substr(0, name_shown)),
                                 path = request.path, now = parts->clock.now()](store::Tx& tx) {
        people::record(tx, now, machine, "key refused", name, path);
    });
}

http::asio::awaitable<Known> who_asks(SharedParts parts, const http::Request& request,
                                      Credentials shown) {
    if (!shown.name.empty()) {
        const auto person = co_await parts->store.read([parts, shown](store::Reader& reader) {
            return people::with_key(reader, parts->master, shown.name, shown.key);
        });
        if (person) co_return Known{.actor = actor_of(*person, Actor::Channel::key)};
        co_await note_refused_key(parts, request, shown.name);
        co_return Known{.refusal = refuse(Refusal::wrong_key,
                                          "There is no person " + shown.name + " with this key.")};
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
                                       .role = people::Role::administrator,
                                       .channel = Actor::Channel::process}};
    }
    co_return Known{.actor = Actor{.name = std::string{machine}}};
}

// Nothing: they may.
http::asio::awaitable<std::optional<http::Response>> why_not(SharedParts parts, const UseCase& use,
                                                             const Call& call) {
    const auto& actor = call.actor;
    if (!actor.is_named()) {
        // A shell of this machine may look, and make the first administrator.
        if (use.is_question() || use.by_machine) co_return std::nullopt;
        const bool has_one = co_await parts->store.read(
            [](store::Reader& reader) { return people::has_administrator(reader); });
        if (use.bootstrap && !has_one) co_return std::nullopt;
        co_return refuse(has_one ? Refusal::nobody : Refusal::no_administrator);
    }
    if (!people::may(actor.role, use.permission)) co_return refuse(Refusal::not_permitted);
    if (actor.merchant) {
        if (use.whose == nullptr) co_return refuse(Refusal::not_permitted);
        const auto whose = co_await parts->store.read(
            [&use, &call](store::Reader& reader) { return use.whose(reader, call); });
        // What is another merchant's, and what is not there, look the same.
        if (whose != actor.merchant) co_return refuse(Refusal::not_permitted);
    }
    if (use.step_up == StepUp::key && !actor.has_shown_a_key()) {
        co_return refuse(Refusal::key_needed);
    }
    co_return std::nullopt;
}

// "" when all that is required is there.
std::string missing_field(const UseCase& use, const json::Value& body) {
    const auto missing = std::ranges::find_if(
        use.input.begin(), use.input.end(),
        [&](const Field& field) { return field.required && body.find(field.name) == nullptr; });
    return missing == use.input.end()
               ? std::string{}
               : std::string{missing->name} + " is missing: " + std::string{missing->about};
}

}  // namespace

Answer carry_out(SharedParts parts, const UseCase& use, const http::Request& request,
                 std::vector<std::string> path) {
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
    auto known = co_await who_asks(parts, request, credentials_of(request, call.body));
    if (known.refusal) co_return *std::move(known.refusal);
    call.actor = *std::move(known.actor);
    if (auto refusal = co_await why_not(parts, use, call)) co_return *std::move(refusal);
    if (use.body == Body::object) {
        if (const auto missing = missing_field(use, call.body); !missing.empty()) {
            co_return refuse(Refusal::field_missing, missing);
        }
    }
    if (co_await needs_another(parts, use, call.actor)) {
        co_return co_await propose(parts, use, std::move(call));
    }
    co_return co_await use.handler(parts, std::move(call));
}

}  // namespace lango::backoffice
