// Roles that people make: a name and a set of permissions, of the operator or of one merchant.
// Who may make them, and that nobody gives more than they have, whoever carries it out asks
// (backoffice/roles.cpp).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "people/roles.hpp"
#include "store/tx.hpp"

namespace lango::people {

struct Refused {
    std::string message;
};

struct KnownRole {
    Role role{};
    std::string name;
    Permissions permissions;
    std::optional<MerchantId> merchant;  // of a custom one: whose
    std::int64_t people = 0;             // who have it now; of a list alone

    [[nodiscard]] bool is_custom() const { return role >= Role::first_custom; }
};

// That may be given: to a person of this merchant, or to one of the operator's own.
[[nodiscard]] std::optional<KnownRole> find_role(store::Reader& reader, std::string_view name,
                                                 std::optional<MerchantId> merchant);
[[nodiscard]] std::optional<KnownRole> find_role(store::Reader& reader, Role role,
                                                 std::optional<MerchantId> merchant);
// The custom ones by name: of this merchant, or all there are.
[[nodiscard]] std::vector<KnownRole> custom_roles(store::Reader& reader,
                                                  std::optional<MerchantId> merchant);

struct NewRole {
    std::string name;  // 1 to 40 of a-z, 0-9, dot and dash; none of the built-in ones
    Permissions permissions;
    std::optional<MerchantId> merchant{};
};
// who: in the trail. Refused: there is one of that name, or a merchant's would hold what no
// merchant's person may have.
[[nodiscard]] Result<void, Refused> create_role(store::Tx& tx, Instant now, const NewRole& role,
                                                std::string_view who);
// Whoever has it has the new permissions from here on; what it held before still counts for
// has_another (people.hpp). The trail has both.
[[nodiscard]] Result<void, Refused> set_role(store::Tx& tx, Instant now, const NewRole& role,
                                             std::string_view who);
// Refused: somebody has it.
[[nodiscard]] Result<void, Refused> remove_role(store::Tx& tx, Instant now, std::string_view name,
                                                std::optional<MerchantId> merchant,
                                                std::string_view who);

// Of people and of roles.
[[nodiscard]] bool is_name(std::string_view text);

}  // namespace lango::people
