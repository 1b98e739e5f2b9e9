// What people may do. A person has one role; a role is a set of permissions; each use case of the
// back office (backoffice/use_case.hpp) asks for one. Of a merchant's own person it also asks whose
// subject it is. Beside the roles that stand here there are custom ones (custom_roles.hpp).
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
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
    merchants_write,  // and their settings; of one's own merchant those that are its own
    keys_write,       // of merchants
    people_write,     // who has which role, and what custom roles hold
};
inline constexpr std::size_t permission_count = 19;
// "withdrawals_approve"
[[nodiscard]] std::string_view name(Permission permission);
// One line, for whoever makes a role of it.
[[nodiscard]] std::string_view about(Permission permission);
[[nodiscard]] std::optional<Permission> parse_permission(std::string_view text);

class Permissions {
  public:
    constexpr Permissions() = default;
    constexpr Permissions(std::initializer_list<Permission> all) {
        for (const auto one : all) add(one);
    }
    [[nodiscard]] static constexpr Permissions all() {
        Permissions every;
        every.bits_ = (std::uint32_t{1} << permission_count) - 1;
        return every;
    }
    constexpr void add(Permission permission) { bits_ |= bit(permission); }
    [[nodiscard]] constexpr bool has(Permission permission) const {
        return (bits_ & bit(permission)) != 0;
    }
    // Whether it has all that the other one has.
    [[nodiscard]] constexpr bool covers(Permissions other) const {
        return (other.bits_ & ~bits_) == 0;
    }
    [[nodiscard]] constexpr Permissions without(Permissions other) const {
        Permissions rest;
        rest.bits_ = bits_ & ~other.bits_;
        return rest;
    }
    [[nodiscard]] constexpr Permissions both(Permissions other) const {
        Permissions common;
        common.bits_ = bits_ & other.bits_;
        return common;
    }
    [[nodiscard]] constexpr bool is_empty() const { return bits_ == 0; }
    friend constexpr bool operator==(Permissions, Permissions) = default;

  private:
    static constexpr std::uint32_t bit(Permission permission) {
        return std::uint32_t{1} << static_cast<unsigned>(permission);
    }
    std::uint32_t bits_ = 0;
};
// Their names in order, a blank between two: as stored, and in the trail.
[[nodiscard]] std::string text(Permissions permissions);
// Of what is stored. A name that there is not is no permission.
[[nodiscard]] Permissions stored_permissions(std::string_view text);

// All that a merchant's own person may ever have, and for that merchant alone.
inline constexpr Permissions of_merchants{Permission::read,
                                          Permission::review,
                                          Permission::postbacks_resend,
                                          Permission::withdrawals_create,
                                          Permission::withdrawals_approve,
                                          Permission::refunds_create,
                                          Permission::merchants_write,
                                          Permission::keys_write,
                                          Permission::people_write};

// As stored. From first_custom on it is the number of a custom role.
enum class Role : std::int64_t {
    administrator = 1,
    operator_ = 2,
    support = 3,
    viewer = 4,
    treasury = 5,
    owner = 6,
    finance = 7,
    approver = 8,
    developer = 9,
    first_custom = 1000,
};

struct BuiltIn {
    Role role;
    std::string_view name;
    bool is_operators;  // the operator's own people may be given it
    bool is_merchants;  // a merchant's own people may
    Permissions permissions;
    std::string_view about;
};
[[nodiscard]] std::span<const BuiltIn> built_in_roles();
// "administrator"; "?" of a number that is no built-in role.
[[nodiscard]] std::string_view name(Role role);
// What a built-in role holds. Merchants' people who had the roles administrator and operator keep
// them, though they are not given any more. Of any other number: nothing.
[[nodiscard]] Permissions permissions_of(Role role, bool of_a_merchant);

}  // namespace lango::people
