#include "people/people.hpp"

#include <map>

#include "api/envelope.hpp"
#include "approvals/proposal.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "people/refused_keys.hpp"
#include "people/sessions.hpp"

namespace lango::backoffice {

namespace {

constexpr std::size_t acts_shown = 100;
constexpr std::size_t refused_shown = 20;

struct Shown {
    std::vector<people::Person> people;
    std::vector<people::Act> acts;
    std::vector<people::RefusedKeys> refused;
    std::map<MerchantId, std::string> slugs;
};

void write_refused(json::Writer& writer, const std::vector<people::RefusedKeys>& all) {
    writer.key("refused_keys").begin_array();
    for (const auto& refused : all) {
        writer.begin_object()
            .member("name", refused.name)
            .member("count", refused.count)
            .member("first_at", format_rfc3339(refused.first_at))
            .member("last_at", format_rfc3339(refused.last_at))
            .end_object();
    }
    writer.end_array();
}

using Refused = Unexpected<people::Refused>;

// As the body names them.
struct Wanted {
    std::string name;
    std::string role;
    std::string merchant;
};

struct Added {
    std::string key;
    std::string role;
};

std::string role_names(store::Reader& reader, std::optional<MerchantId> merchant) {
    std::string all;
    for (const auto& role : people::built_in_roles()) {
        if (!(merchant ? role.is_merchants : role.is_operators)) continue;
        all += (all.empty() ? "" : ", ") + std::string{role.name};
    }
    for (const auto& role : people::custom_roles(reader, merchant)) {
        if (role.merchant == merchant) all += ", " + role.name;
    }
    return all;
}

// Whoever is at the machine makes the first administrator, and nobody else.
bool is_first(store::Reader& reader, const people::NewPerson& person) {
    return person.role == people::Role::administrator && !person.merchant &&
           !people::has_administrator(reader);
}

Result<people::NewPerson, people::Refused> read(store::Reader& reader, const Wanted& wanted,
                                                const Actor& actor) {
    people::NewPerson person{.name = wanted.name};
    if (!wanted.merchant.empty()) {
        person.merchant = merchant_named(reader, wanted.merchant);
        if (!person.merchant) return Refused{{"there is no merchant " + wanted.merchant}};
    }
    if (actor.merchant && actor.merchant != person.merchant) {
        return Refused{{"that is not your merchant's person"}};
    }
    const std::string usual = person.merchant ? "viewer" : "operator";
    const auto role =
        people::find_role(reader, wanted.role.empty() ? usual : wanted.role, person.merchant);
    person.role = role ? role->role : people::Role{};
    if (!actor.is_named()) {
        if (is_first(reader, person)) return person;
        return Refused{
            {"the first person is an administrator: lango user add NAME --role administrator"}};
    }
    if (!role) return Refused{{"a role of these people is " + role_names(reader, person.merchant)}};
    const auto beyond = role->permissions.without(actor.permissions);
    if (!beyond.is_empty()) return Refused{{"you have not yourself " + people::text(beyond)}};
    return person;
}

}  // namespace

Answer add_person(SharedParts parts, Call call) {
    const auto name = call.text("name");
    const auto added = co_await parts->store.write(
        [parts,
         wanted =
             Wanted{.name = name, .role = call.text("role"), .merchant = call.text("merchant")},
         actor = call.actor,
         now = parts->clock.now()](store::Tx& tx) -> Result<Added, people::Refused> {
            const auto person = read(tx, wanted, actor);
            if (!person) return Refused{person.error()};
            const auto key =
                people::add(tx, parts->master, parts->random, now, *person, actor.name);
            if (!key) return Refused{key.error()};
            const auto role = people::find_role(tx, person->role, person->merchant);
            return Added{.key = *key, .role = role ? role->name : std::string{}};
        });
    if (!added) co_return refuse(Refusal::refused, added.error().message);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("name", name)
        .member("role", added->role)
        .member("key", added->key)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer remove_person(SharedParts parts, Call call) {
    const auto removed = co_await parts->store.write(
        [name = call.path.at(0), who = call.actor.name, whose = call.actor.merchant,
         now = parts->clock.now()](store::Tx& tx) -> Result<void, people::Refused> {
            const auto person = people::find(tx, name);
            if (whose && (!person || person->merchant != whose)) {
                return Refused{{"that is not your merchant's person"}};
            }
            auto done = people::remove(tx, now, name, who);
            if (done) approvals::withdraw_all(tx, name, who, now);
            return done;
        });
    if (!removed) co_return refuse(Refusal::refused, removed.error().message);
    co_return api::ok(R"({"status":"ok"})");
}

Answer make_own_key(SharedParts parts, Call call) {
    const auto key = co_await parts->store.write(
        [parts, name = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            return people::make_own_key(tx, parts->master, parts->random, now, name);
        });
    if (!key) co_return refuse(Refusal::refused, key.error().message);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("name", call.actor.name)
        .member("key", *key)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer list_people(SharedParts parts, Call call) {
    const auto shown =
        co_await parts->store.read([whose = call.actor.merchant](store::Reader& reader) {
            auto all = people::list(reader);
            if (whose) {
                // A name may have been another's before: what was done by it is the operator's to
                // see.
                std::erase_if(all, [&](const auto& person) { return person.merchant != whose; });
                return Shown{.people = std::move(all),
                             .acts = {},
                             .refused = {},
                             .slugs = merchant_slugs(reader)};
            }
            return Shown{.people = std::move(all),
                         .acts = people::trail(reader, acts_shown),
                         .refused = people::refused_keys(reader, refused_shown),
                         .slugs = merchant_slugs(reader)};
        });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("people").begin_array();
    for (const auto& person : shown.people) {
        const auto slug = person.merchant ? shown.slugs.find(*person.merchant) : shown.slugs.end();
        writer.begin_object()
            .member("name", person.name)
            .member("role", person.role_name)
            .member("merchant", slug == shown.slugs.end() ? std::string{} : slug->second)
            .member("added_at", format_rfc3339(person.added_at))
            .key("key_is_own")
            .boolean(person.key_is_own)
            .end_object();
    }
    write_refused(writer.end_array(), shown.refused);
    writer.key("acts").begin_array();
    for (const auto& act : shown.acts) {
        writer.begin_object()
            .member("number", act.number)
            .member("at", format_rfc3339(act.at))
            .member("who", act.who)
            .member("act", act.act)
            .member("subject", act.subject)
            .member("detail", act.detail)
            .end_object();
    }
    writer.end_array().end_object();
    co_return api::ok(std::move(out));
}

Answer log_in(SharedParts parts, Call call) {
    const auto session =
        co_await parts->store.write([parts, name = call.actor.name, now = parts->clock.now()](
                                        store::Tx& tx) -> std::optional<people::Session> {
            const auto person = people::find(tx, name);
            if (!person) return std::nullopt;
            return people::begin_session(tx, parts->master, parts->random, *person, now);
        });
    if (!session) co_return refuse(Refusal::wrong_key);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("session", session->token)
        .member("ends_at", format_rfc3339(session->ends_at))
        .end_object();
    co_return api::ok(std::move(out));
}

Answer log_out(SharedParts parts, Call call) {
    const std::string token{call.request.headers.find(session_header).value_or("")};
    co_await parts->store.write(
        [parts, token, who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
            people::end_session(tx, parts->master, token);
            people::record(tx, now, who, "logged out", who, "");
        });
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
