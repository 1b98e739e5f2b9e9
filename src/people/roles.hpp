// What people may do. A person has one role; a role is a set of permissions; each use case of the
// back office (backoffice/use_case.hpp) asks for one. Of a merchant's own person it also asks whose
// payment it is.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lango::people {

enum class Permission : std::uint8_t {
    read,                 // lists and stories, with phones masked
    review,               // to look after what needs review, and say so
    postbacks_resend,     // and to try again what was set aside
    withdrawals_create,   // by hand or in batches
    withdrawals_approve,  // or reject; never one's own
    withdrawals_resolve,  // to say how one ended that the rail tells nothing of
    refunds_create,
    deposits_resolve,   // to credit a deposit on a receipt that a person has seen
    suspense_allocate,  // money without an order, and claims
    suspense_write_off,
    payouts_steer,  // resume after a halt; ask for the float
    system_steer,   // broken laws, restored backups, the rail's registration
    persons_read,   // all that names one payer
    persons_mask,
    rates_write,
    merchants_stop,   // to disable one, and to let it go on
    merchants_write,  // and their settings: fees, limits, rules, URLs
    keys_write,       // of merchants
    people_write,     // who has which role
};
inline constexpr std::size_t permission_count = 19;
[[nodiscard]] std::string_view name(Permission permission);

// As stored.
enum class Role : std::uint8_t {
    administrator = 1,  // everything
    operator_ = 2,      // everything about payments; nothing about merchants, keys and people
    support = 3,        // looks, resends, makes payouts, which wait until another approves them
    viewer = 4,         // looks
};
inline constexpr std::array roles{Role::administrator, Role::operator_, Role::support,
                                  Role::viewer};
// "administrator", "operator", "support", "viewer"
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);
[[nodiscard]] bool may(Role role, Permission permission);

}  // namespace lango::people
