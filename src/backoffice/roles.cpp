// Roles, and those that people make: nobody gives more than they have themselves.
#include <algorithm>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "people/custom_roles.hpp"

namespace lango::backoffice {

namespace {

using people::Permission;
using people::Permissions;
using Refused = Unexpected<people::Refused>;

// "permissions" of the body.
Result<Permissions, people::Refused> permissions_in(const json::Value& body) {
    Permissions all;
    const auto* const list = body.find("permissions");
    if (list == nullptr || list->array() == nullptr) return all;
    for (const auto& one : *list->array()) {
        const auto* const text = one.scalar_text();
        const auto known = text == nullptr ? std::nullopt : people::parse_permission(*text);
        if (!known) {
            return Refused{
                {"there is no permission " + (text == nullptr ? "of that type" : *text)}};
        }
        all.add(*known);
    }
    return all;
}

struct Wanted {
    std::string name;
    std::string merchant;  // its slug
    Permissions permissions;
    Actor actor;
};

Result<people::NewRole, people::Refused> read(store::Reader& reader, const Wanted& wanted) {
    people::NewRole role{.name = wanted.name, .permissions = wanted.permissions};
    if (!wanted.merchant.empty()) {
        role.merchant = merchant_named(reader, wanted.merchant);
        if (!role.merchant) return Refused{{"there is no merchant " + wanted.merchant}};
    }
    if (wanted.actor.merchant && wanted.actor.merchant != role.merchant) {
        return Refused{{"that is not your merchant's role"}};
    }
    const auto beyond = wanted.permissions.without(wanted.actor.permissions);
    if (!beyond.is_empty()) return Refused{{"you have not yourself " + people::text(beyond)}};
    return role;
}

using Change = Result<void, people::Refused> (*)(store::Tx& tx, Instant now,
                                                 const people::NewRole& role, std::string_view who);

Answer change(SharedParts parts, Call call, std::string name, Change apply) {
    const auto permissions = permissions_in(call.body);
    if (!permissions) co_return refuse(Refusal::refused, permissions.error().message);
    const auto done = co_await parts->store.write(
        [wanted = Wanted{.name = std::move(name),
                         .merchant = call.text("merchant"),
                         .permissions = *permissions,
                         .actor = call.actor},
         apply, now = parts->clock.now()](store::Tx& tx) -> Result<void, people::Refused> {
            const auto role = read(tx, wanted);
            if (!role) return Refused{role.error()};
            return apply(tx, now, *role, wanted.actor.name);
        });
    if (!done) co_return refuse(Refusal::refused, done.error().message);
    co_return api::ok(R"({"status":"ok"})");
}

void write_names(json::Writer& writer, Permissions permissions) {
    writer.key("permissions").begin_array();
    for (std::size_t i = 0; i < people::permission_count; ++i) {
        const auto one = static_cast<Permission>(i);
        if (permissions.has(one)) writer.string(people::name(one));
    }
    writer.end_array();
}

// Of one that people made its merchant, and of a built-in one for whose people it is.
void write_built_in(json::Writer& writer, const people::BuiltIn& role, bool of_a_merchant) {
    writer.begin_object()
        .member("name", role.name)
        .member("merchant", "")
        .member("about", role.about)
        .key("is_custom")
        .boolean(false)
        .key("for_merchants")
        .boolean(role.is_merchants)
        .key("for_operators")
        .boolean(role.is_operators && !of_a_merchant);
    write_names(writer, role.permissions);
    writer.end_object();
}

void write_custom(json::Writer& writer, const people::KnownRole& role, std::string_view slug) {
    writer.begin_object()
        .member("name", role.name)
        .member("merchant", slug)
        .member("about", "")
        .key("is_custom")
        .boolean(true)
        .key("for_merchants")
        .boolean(role.merchant.has_value())
        .key("for_operators")
        .boolean(!role.merchant)
        .member("people", role.people);
    write_names(writer, role.permissions);
    writer.end_object();
}

void write_permissions(json::Writer& writer, bool of_a_merchant) {
    writer.key("permissions").begin_array();
    for (std::size_t i = 0; i < people::permission_count; ++i) {
        const auto one = static_cast<Permission>(i);
        const bool is_merchants = people::of_merchants.has(one);
        if (of_a_merchant && !is_merchants) continue;
        writer.begin_object()
            .member("name", people::name(one))
            .member("about", people::about(one))
            .key("for_merchants")
            .boolean(is_merchants)
            .end_object();
    }
    writer.end_array();
}

}  // namespace

Answer list_roles(SharedParts parts, Call call) {
    struct Found {
        std::vector<people::KnownRole> custom;
        std::map<MerchantId, std::string> slugs;
    };
    const auto whose = call.actor.merchant;
    const auto found = co_await parts->store.read([whose](store::Reader& reader) {
        return Found{.custom = people::custom_roles(reader, whose),
                     .slugs = merchant_slugs(reader)};
    });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("roles").begin_array();
    for (const auto& role : people::built_in_roles()) {
        if (!whose || role.is_merchants) write_built_in(writer, role, whose.has_value());
    }
    for (const auto& role : found.custom) {
        const auto slug = role.merchant ? found.slugs.find(*role.merchant) : found.slugs.end();
        write_custom(writer, role, slug == found.slugs.end() ? std::string{} : slug->second);
    }
    writer.end_array();
    write_permissions(writer, whose.has_value());
    writer.end_object();
    co_return api::ok(std::move(out));
}

Answer create_role(SharedParts parts, Call call) {
    auto name = call.text("name");
    return change(std::move(parts), std::move(call), std::move(name), people::create_role);
}

Answer set_role(SharedParts parts, Call call) {
    auto name = call.path.at(0);
    return change(std::move(parts), std::move(call), std::move(name), people::set_role);
}

Answer remove_role(SharedParts parts, Call call) {
    auto name = call.path.at(0);
    return change(
        std::move(parts), std::move(call), std::move(name),
        [](store::Tx& tx, Instant now, const people::NewRole& role, std::string_view who) {
            return people::remove_role(tx, now, role.name, role.merchant, who);
        });
}

}  // namespace lango::backoffice
