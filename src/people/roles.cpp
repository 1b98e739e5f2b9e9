#include "people/roles.hpp"

#include <algorithm>

namespace lango::people {

namespace {

struct Named {
    Permission permission;
    std::string_view name;
    Role least;  // whoever stands here or above has it
};

// The roles stand one above the other: each has what those below it have.
constexpr std::array<Named, permission_count> table{{
    {Permission::read, "read", Role::viewer},
    {Permission::review, "review", Role::support},
    {Permission::postbacks_resend, "postbacks.resend", Role::support},
    {Permission::withdrawals_create, "withdrawals.create", Role::support},
    {Permission::withdrawals_approve, "withdrawals.approve", Role::operator_},
    {Permission::withdrawals_resolve, "withdrawals.resolve", Role::operator_},
    {Permission::refunds_create, "refunds.create", Role::support},
    {Permission::deposits_resolve, "deposits.resolve", Role::operator_},
    {Permission::suspense_allocate, "suspense.allocate", Role::operator_},
    {Permission::suspense_write_off, "suspense.write_off", Role::operator_},
    {Permission::payouts_steer, "payouts.steer", Role::operator_},
    {Permission::system_steer, "system.steer", Role::operator_},
    {Permission::persons_read, "persons.read", Role::operator_},
    {Permission::persons_mask, "persons.mask", Role::operator_},
    {Permission::rates_write, "rates.write", Role::operator_},
    {Permission::merchants_stop, "merchants.stop", Role::operator_},
    {Permission::merchants_write, "merchants.write", Role::administrator},
    {Permission::keys_write, "keys.write", Role::administrator},
    {Permission::people_write, "people.write", Role::administrator},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table.at(i).permission != static_cast<Permission>(i)) return false;
    }
    return true;
}
static_assert(is_in_order(), "a permission stands at its own place");

}  // namespace

std::string_view name(Permission permission) {
    return table.at(static_cast<std::size_t>(permission)).name;
}

std::string_view name(Role role) {
    switch (role) {
        case Role::administrator:
            return "administrator";
        case Role::operator_:
            return "operator";
        case Role::support:
            return "support";
        case Role::viewer:
            return "viewer";
    }
    return "?";
}

std::optional<Role> parse_role(std::string_view text) {
    const auto* const found =
        std::ranges::find_if(roles, [&](Role role) { return name(role) == text; });
    return found == roles.end() ? std::nullopt : std::optional{*found};
}

bool may(Role role, Permission permission) {
    // A row that somebody edited may have any number: it is nobody's role.
    return std::ranges::find(roles, role) != roles.end() &&
           role <= table.at(static_cast<std::size_t>(permission)).least;
}

}  // namespace lango::people
