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
#include "people/custom_roles.hpp"
#include "store/tx.hpp"

namespace lango::people {

struct Person {
    std::string name;
    Role role{};
    std::string role_name;
    Permissions permissions;             // that their role holds now
    std::optional<MerchantId> merchant;  // whose person; none: the operator's own
    Instant added_at{};
    std::optional<Instant> removed_at;
    // Made by themselves. The first one was seen by whoever added them: with it they look, and make
    // another one, or a password.
    bool key_is_own = false;
};

struct NewPerson {
    std::string name;  // 1 to 40 of a-z, 0-9, dot and dash
    Role role = Role::operator_;
    std::optional<MerchantId> merchant{};
};
// Returns the key, which is shown this once. Whoever was removed may be added again, with a new
// key. who: in the trail. Refused: a role that is not for people of theirs.
[[nodiscard]] Result<std::string, Refused> add(store::Tx& tx, const crypto::MasterKey& master,
                                               Random& random, Instant now, const NewPerson& person,
                                               std::string_view who);
// Another key in the place of theirs, which they alone have seen; ends their sessions. Returns it.
[[nodiscard]] Result<std::string, Refused> make_own_key(store::Tx& tx,
                                                        const crypto::MasterKey& master,
                                                        Random& random, Instant now,
                                                        std::string_view name);
// They have shown themselves another way, of which nobody else knows: a first key that somebody saw
// opens nothing any more. One of their own stays.
void void_first_key(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                    std::string_view name);
// Ends their sessions, too, and forgets what they show in the browser. What they have approved
// stays approved. The last administrator stays.
[[nodiscard]] Result<void, Refused> remove(store::Tx& tx, Instant now, std::string_view name,
                                           std::string_view who);
// For whoever is at the machine, while no gateway runs: this person is an administrator from here
// on, with a first key, which is returned; whoever had that name before is nobody. who: in the
// trail.
[[nodiscard]] Result<std::string, Refused> recover(store::Tx& tx, const crypto::MasterKey& master,
                                                   Random& random, Instant now,
                                                   std::string_view name, std::string_view who);

// So long somebody who was removed counts among those who could agree: whoever removes the only
// other one does not act alone at once.
inline constexpr Duration missed_for = std::chrono::hours{72};
// Whether anybody but this one has the permission, of the operator's own people or of that
// merchant's, or had it less than missed_for ago, before they were removed or their role was
// changed. Whoever comes again by that name changes nothing of it.
[[nodiscard]] bool has_another(store::Reader& reader, Permission permission, std::string_view but,
                               Instant now, std::optional<MerchantId> merchant = std::nullopt);
[[nodiscard]] std::vector<Person> list(store::Reader& reader);
// Nothing for whoever is unknown or removed.
[[nodiscard]] std::optional<Person> find(store::Reader& reader, std::string_view name);
[[nodiscard]] bool has_administrator(store::Reader& reader);
// The person whose key it is. Nothing for a wrong key, and for whoever is unknown or removed.
[[nodiscard]] std::optional<Person> with_key(store::Reader& reader, const crypto::MasterKey& master,
                                             std::string_view name, std::string_view key);

}  // namespace lango::people
