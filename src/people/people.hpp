// The people who steer what no program may decide: each has a name, a role, and a key of their own,
// of which only a keyed hash is kept.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "people/roles.hpp"
#include "store/tx.hpp"

namespace lango::people {

struct Person {
    std::string name;
    Role role{};
    std::optional<MerchantId> merchant;  // whose person; none: the operator's own
    Instant added_at{};
    std::optional<Instant> removed_at;
};

struct Refused {
    std::string message;
};

struct NewPerson {
    std::string name;  // 1 to 40 of a-z, 0-9, dot and dash
    Role role = Role::operator_;
    std::optional<MerchantId> merchant{};
};
// Returns the key, which is shown this once. Whoever was removed may be added again, with a new
// key. who: in the trail.
[[nodiscard]] Result<std::string, Refused> add(store::Tx& tx, const crypto::MasterKey& master,
                                               Random& random, Instant now, const NewPerson& person,
                                               std::string_view who);
// Ends their sessions, too. What they have approved stays approved. The last administrator stays.
[[nodiscard]] Result<void, Refused> remove(store::Tx& tx, Instant now, std::string_view name,
                                           std::string_view who);
[[nodiscard]] std::vector<Person> list(store::Reader& reader);
// Nothing for whoever is unknown or removed.
[[nodiscard]] std::optional<Person> find(store::Reader& reader, std::string_view name);
[[nodiscard]] bool has_administrator(store::Reader& reader);
// The person whose key it is. Nothing for a wrong key, and for whoever is unknown or removed.
[[nodiscard]] std::optional<Person> with_key(store::Reader& reader, const crypto::MasterKey& master,
                                             std::string_view name, std::string_view key);

}  // namespace lango::people
