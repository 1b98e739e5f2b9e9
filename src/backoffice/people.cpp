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

std::optional<MerchantId> merchant_named(store::Reader& reader, std::string_view slug) {
    return reader.first(
        "SELECT id FROM merchants WHERE slug = ?1",
        [](const store::Row& row) { return MerchantId{row.integer(0)}; }, slug);
}

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

Result<people::NewPerson, people::Refused> wanted(store::Reader& reader, const std::string& name,
                                                  const std::string& role,
                                                  const std::string& merchant) {
    people::NewPerson person{.name = name};
    if (!role.empty()) {
        const auto known = people::parse_role(role);
        if (!known) {
            return Unexpected<people::Refused>{
                {"a role is administrator, operator, support or viewer"}};
        }
        person.role = *known;
    }
    if (!merchant.empty()) {
        person.merchant = merchant_named(reader, merchant);
        if (!person.merchant) {
            return Unexpected<people::Refused>{{"there is no merchant " + merchant}};
        }
    }
    return person;
}

}  // namespace

Answer add_person(SharedParts parts, Call call) {
    const auto name = call.text("name");
    const auto key = co_await parts->store.write(
        [parts, name, role = call.text("role"), merchant = call.text("merchant"),
         who = call.actor.name, first = !call.actor.is_named(),
         now = parts->clock.now()](store::Tx& tx) -> Result<std::string, people::Refused> {
            auto person = wanted(tx, name, role, merchant);
            if (!person) return Unexpected<people::Refused>{person.error()};
            // Whoever is at the machine makes the first administrator, and nobody else.
            if (first && (person->role != people::Role::administrator || person->merchant ||
                          people::has_administrator(tx))) {
                return Unexpected<people::Refused>{
                    {"the first person is an administrator: lango user add NAME "
                     "--role administrator"}};
            }
            return people::add(tx, parts->master, parts->random, now, *person, who);
        });
    if (!key) co_return refuse(Refusal::refused, key.error().message);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("name", name)
        .member("key", *key)
        .end_object();
    co_return api::ok(std::move(out));
}

Answer remove_person(SharedParts parts, Call call) {
    const auto removed = co_await parts->store.write(
        [name = call.path.at(0), who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
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

Answer list_people(SharedParts parts, Call /*call*/) {
    const auto shown = co_await parts->store.read([](store::Reader& reader) {
        return Shown{.people = people::list(reader),
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
            .member("role", people::name(person.role))
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
