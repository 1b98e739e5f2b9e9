#include "people/custom_roles.hpp"

#include <algorithm>

#include "people/trail.hpp"

namespace lango::people {

namespace {

Unexpected<Refused> refuse(std::string message) {
    return Unexpected<Refused>{Refused{std::move(message)}};
}

std::int64_t owner_of(std::optional<MerchantId> merchant) {
    return merchant ? merchant->value() : 0;
}

// Of the columns number, name, merchant_id, permissions. A merchant's holds no more than a
// merchant's may, whatever a hand wrote there.
KnownRole role_of(const store::Row& row) {
    const auto owner = row.integer(2);
    const auto stored = stored_permissions(row.text(3));
    return {.role = static_cast<Role>(row.integer(0)),
            .name = row.string(1),
            .permissions = owner == 0 ? stored : stored.both(of_merchants),
            .merchant = owner == 0 ? std::nullopt : std::optional{MerchantId{owner}}};
}

std::optional<KnownRole> custom(store::Reader& reader, std::string_view name,
                                std::optional<MerchantId> merchant) {
    return reader.first(
        "SELECT number, name, merchant_id, permissions FROM custom_roles "
        "WHERE merchant_id = ?1 AND name = ?2 AND ended_at IS NULL",
        role_of, owner_of(merchant), name);
}

bool is_built_in(std::string_view name) {
    const auto all = built_in_roles();
    return std::ranges::find(all, name, &BuiltIn::name) != all.end();
}

std::optional<KnownRole> given(const BuiltIn& one, std::optional<MerchantId> merchant) {
    const bool may_be = merchant ? one.is_merchants : one.is_operators;
    if (!may_be) return std::nullopt;
    return KnownRole{.role = one.role,
                     .name = std::string{one.name},
                     .permissions = one.permissions,
                     .merchant = std::nullopt};
}

std::string of_merchant(std::optional<MerchantId> merchant) {
    return merchant ? "of merchant " + std::to_string(merchant->value()) + ": " : "";
}

// "": it may be made.
std::string why_not(const NewRole& role) {
    if (!is_name(role.name)) {
        return "a role's name has 1 to 40 of a-z, 0-9, . and -, a letter or digit first";
    }
    if (is_built_in(role.name)) return role.name + " is a role of its own";
    if (role.permissions.is_empty()) return "a role has at least one permission";
    if (!role.merchant) return {};
    const auto beyond = role.permissions.without(of_merchants);
    if (beyond.is_empty()) return {};
    return "no merchant's person may have " + text(beyond);
}

void insert(store::Tx& tx, Instant now, const NewRole& role) {
    tx.run(
        "INSERT INTO custom_roles (number, name, merchant_id, permissions, made_at) "
        "SELECT COALESCE(MAX(number), ?5 - 1) + 1, ?1, ?2, ?3, ?4 FROM custom_roles",
        role.name, owner_of(role.merchant), text(role.permissions), now,
        static_cast<std::int64_t>(Role::first_custom));
}

void end(store::Tx& tx, Instant now, const KnownRole& role) {
    tx.run("UPDATE custom_roles SET ended_at = ?2 WHERE number = ?1",
           static_cast<std::int64_t>(role.role), now);
}

}  // namespace

bool is_name(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, fits) &&
           text.front() != '-' && text.front() != '.';
}

std::optional<KnownRole> find_role(store::Reader& reader, std::string_view name,
                                   std::optional<MerchantId> merchant) {
    for (const auto& one : built_in_roles()) {
        if (one.name == name) return given(one, merchant);
    }
    return custom(reader, name, merchant);
}

std::optional<KnownRole> find_role(store::Reader& reader, Role role,
                                   std::optional<MerchantId> merchant) {
    for (const auto& one : built_in_roles()) {
        if (one.role == role) return given(one, merchant);
    }
    return reader.first(
        "SELECT number, name, merchant_id, permissions FROM custom_roles "
        "WHERE number = ?1 AND merchant_id = ?2 AND ended_at IS NULL",
        role_of, static_cast<std::int64_t>(role), owner_of(merchant));
}

std::vector<KnownRole> custom_roles(store::Reader& reader, std::optional<MerchantId> merchant) {
    std::vector<KnownRole> all;
    reader.each(
        "SELECT r.number, r.name, r.merchant_id, r.permissions, (SELECT COUNT(*) FROM operators o "
        "WHERE o.role = r.number AND o.removed_at IS NULL) FROM custom_roles r "
        "WHERE r.ended_at IS NULL AND (?1 IS NULL OR r.merchant_id = ?1) "
        "ORDER BY r.merchant_id, r.name",
        [&](const store::Row& row) {
            all.push_back(role_of(row));
            all.back().people = row.integer(4);
        },
        merchant ? std::optional{merchant->value()} : std::nullopt);
    return all;
}

Result<void, Refused> create_role(store::Tx& tx, Instant now, const NewRole& role,
                                  std::string_view who) {
    if (auto wrong = why_not(role); !wrong.empty()) return refuse(std::move(wrong));
    if (custom(tx, role.name, role.merchant)) {
        return refuse("there is a role " + role.name + " already");
    }
    insert(tx, now, role);
    record(tx, now, who, "role made", role.name,
           of_merchant(role.merchant) + text(role.permissions));
    return {};
}

Result<void, Refused> set_role(store::Tx& tx, Instant now, const NewRole& role,
                               std::string_view who) {
    if (auto wrong = why_not(role); !wrong.empty()) return refuse(std::move(wrong));
    const auto before = custom(tx, role.name, role.merchant);
    if (!before) return refuse("there is no role " + role.name + " that can be changed");
    if (before->permissions == role.permissions) return {};
    const auto old_number = static_cast<std::int64_t>(before->role);
    // Whoever could do more until now is missed as somebody who is removed is.
    tx.run(
        "INSERT INTO former_people (number, name, role, merchant_id, removed_at) "
        "SELECT (SELECT COALESCE(MAX(number), 0) FROM former_people) + "
        "ROW_NUMBER() OVER (ORDER BY name), name, role, merchant_id, ?2 FROM operators "
        "WHERE role = ?1 AND removed_at IS NULL",
        old_number, now);
    end(tx, now, *before);
    insert(tx, now, role);
    const auto after = custom(tx, role.name, role.merchant);
    LANGO_REQUIRE(after.has_value());
    tx.run("UPDATE operators SET role = ?2 WHERE role = ?1 AND removed_at IS NULL", old_number,
           static_cast<std::int64_t>(after->role));
    record(
        tx, now, who, "role changed", role.name,
        of_merchant(role.merchant) + text(before->permissions) + " -> " + text(role.permissions));
    return {};
}

Result<void, Refused> remove_role(store::Tx& tx, Instant now, std::string_view name,
                                  std::optional<MerchantId> merchant, std::string_view who) {
    const auto role = custom(tx, name, merchant);
    if (!role) return refuse("there is no role " + std::string{name} + " that can be removed");
    const auto holder = tx.first(
        "SELECT name FROM operators WHERE role = ?1 AND removed_at IS NULL ORDER BY name",
        [](const store::Row& row) { return row.string(0); }, static_cast<std::int64_t>(role->role));
    if (holder) return refuse(*holder + " has the role " + std::string{name});
    end(tx, now, *role);
    record(tx, now, who, "role removed", name, of_merchant(merchant) + text(role->permissions));
    return {};
}

}  // namespace lango::people
