#include "people/roles.hpp"

#include <algorithm>
#include <array>

namespace lango::people {

namespace {

struct Named {
    Permission permission;
    std::string_view name;
    std::string_view about;
};

constexpr std::array<Named, permission_count> table{{
    {Permission::read, "read", "lists and stories, with phones masked"},
    {Permission::review, "review", "to look after what needs review"},
    {Permission::postbacks_resend, "postbacks_resend", "to send postbacks again"},
    {Permission::withdrawals_create, "withdrawals_create",
     "to make withdrawals, by hand or in batches"},
    {Permission::withdrawals_approve, "withdrawals_approve",
     "to approve or reject withdrawals, never one's own"},
    {Permission::withdrawals_resolve, "withdrawals_resolve",
     "to say how a payout ended that the rail tells nothing of"},
    {Permission::refunds_create, "refunds_create", "to give money back"},
    {Permission::deposits_resolve, "deposits_resolve", "to credit a deposit on a receipt"},
    {Permission::suspense_allocate, "suspense_allocate",
     "to say whose money without an order is, and claims"},
    {Permission::suspense_write_off, "suspense_write_off", "to give up cents"},
    {Permission::payouts_steer, "payouts_steer", "to end a halt of payouts; the float"},
    {Permission::system_steer, "system_steer",
     "broken laws, restored backups, the rail's registration"},
    {Permission::persons_read, "persons_read", "all that names one payer"},
    {Permission::persons_mask, "persons_mask", "to take a payer out of what is over"},
    {Permission::rates_write, "rates_write", "to import exchange rates"},
    {Permission::merchants_stop, "merchants_stop", "to disable a merchant, or let it go on"},
    {Permission::merchants_write, "merchants_write",
     "merchants and their settings; of one's own merchant those that are its own"},
    {Permission::keys_write, "keys_write", "keys of merchants"},
    {Permission::people_write, "people_write", "people and roles"},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table.at(i).permission != static_cast<Permission>(i)) return false;
    }
    return true;
}
static_assert(is_in_order(), "a permission stands at its own place");

constexpr Permissions support_may{Permission::read, Permission::review,
                                  Permission::postbacks_resend, Permission::withdrawals_create,
                                  Permission::refunds_create};

constexpr std::array built_in{
    BuiltIn{Role::administrator, "administrator", true, false, Permissions::all(), "everything"},
    BuiltIn{
        Role::treasury, "treasury", true, false,
        Permissions{Permission::read, Permission::withdrawals_create,
                    Permission::withdrawals_approve, Permission::withdrawals_resolve,
                    Permission::refunds_create, Permission::payouts_steer, Permission::rates_write},
        "money out, float, halts of payouts, rates, reports"},
    BuiltIn{Role::operator_, "operator", true, false,
            Permissions::all().without(
                {Permission::merchants_write, Permission::keys_write, Permission::people_write}),
            "everything about payments; nothing about merchants, keys and people"},
    BuiltIn{Role::owner, "owner", false, true, of_merchants, "everything of their merchant"},
    BuiltIn{
        Role::finance, "finance", false, true,
        Permissions{Permission::read, Permission::withdrawals_create, Permission::refunds_create},
        "withdrawals, which wait until another approves them, refunds, reports"},
    BuiltIn{Role::approver, "approver", false, true,
            Permissions{Permission::read, Permission::withdrawals_approve},
            "approves what others made"},
    BuiltIn{Role::support, "support", true, true, support_may,
            "looks, resends, makes payouts, which wait until another approves them"},
    BuiltIn{Role::developer, "developer", false, true,
            Permissions{Permission::read, Permission::postbacks_resend, Permission::merchants_write,
                        Permission::keys_write},
            "their merchant's own settings and keys, and postbacks"},
    BuiltIn{Role::viewer, "viewer", true, true, Permissions{Permission::read}, "looks"},
};

constexpr bool is_within_merchants() {
    return std::ranges::all_of(built_in, [](const BuiltIn& one) {
        return !one.is_merchants || of_merchants.covers(one.permissions);
    });
}
static_assert(is_within_merchants(), "a merchant's role holds what a merchant's person may have");

const BuiltIn* found(Role role) {
    const auto* const one = std::ranges::find(built_in, role, &BuiltIn::role);
    return one == built_in.end() ? nullptr : one;
}

}  // namespace

std::string_view name(Permission permission) {
    return table.at(static_cast<std::size_t>(permission)).name;
}

std::string_view about(Permission permission) {
    return table.at(static_cast<std::size_t>(permission)).about;
}

std::optional<Permission> parse_permission(std::string_view text) {
    const auto* const one = std::ranges::find(table, text, &Named::name);
    return one == table.end() ? std::nullopt : std::optional{one->permission};
}

std::string text(Permissions permissions) {
    std::string all;
    for (const auto& one : table) {
        if (!permissions.has(one.permission)) continue;
        all += (all.empty() ? "" : " ") + std::string{one.name};
    }
    return all;
}

Permissions stored_permissions(std::string_view text) {
    Permissions all;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        if (const auto one = parse_permission(word)) all.add(*one);
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return all;
}

std::span<const BuiltIn> built_in_roles() { return built_in; }

std::string_view name(Role role) {
    const auto* const one = found(role);
    return one == nullptr ? "?" : one->name;
}

Permissions permissions_of(Role role, bool of_a_merchant) {
    const auto* const one = found(role);
    if (one == nullptr) return {};
    if (!of_a_merchant) return one->is_operators ? one->permissions : Permissions{};
    const bool may_be = one->is_merchants || role == Role::administrator || role == Role::operator_;
    return may_be ? one->permissions.both(of_merchants) : Permissions{};
}

}  // namespace lango::people
