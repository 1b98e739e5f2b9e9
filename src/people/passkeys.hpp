// Passkeys of people, and what each of them signed. Whether a passkey is right webauthn.hpp says,
// challenges.hpp what it is asked; here is what is kept of it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/challenges.hpp"
#include "people/custom_roles.hpp"
#include "people/webauthn.hpp"
#include "store/tx.hpp"

namespace lango::people {

inline constexpr std::size_t passkeys_max = 20;  // of a person

struct Passkey {
    NewPasskey key;
    std::string person;
    std::string label;
    Instant made_at{};
    std::optional<Instant> last_used_at;
};

// key: as verify_registration returned it. label: 1 to 60 characters, the person's own word.
// In the trail, as the person's act.
[[nodiscard]] Result<void, Refused> add_passkey(store::Tx& tx, Instant now, std::string_view person,
                                                std::string_view label, const NewPasskey& key);
// Those that a person has, the oldest first.
[[nodiscard]] std::vector<Passkey> passkeys_of(store::Reader& reader, std::string_view person);
// Nothing for one that is unknown or removed.
[[nodiscard]] std::optional<Passkey> find_passkey(store::Reader& reader, std::string_view key_id);
// Of this person. In the trail. who: the person, or whoever takes it from them.
[[nodiscard]] Result<void, Refused> remove_passkey(store::Tx& tx, Instant now,
                                                   std::string_view person, std::string_view key_id,
                                                   std::string_view who);
// All of somebody who is removed: whoever comes by that name has none.
void remove_passkeys(store::Tx& tx, Instant now, std::string_view person);

// Keeps what an assertion proved, and its counter; in the trail. about: about_login, or
// about_act(). False: it was used or removed meanwhile, or counts backwards; nothing is kept, and
// what it permits must not be done.
[[nodiscard]] bool record_use(store::Tx& tx, Instant now, const Assertion& assertion,
                              std::string_view about);
inline constexpr std::string_view about_login = "login";
// "act POST /admin/... BODY_SHA256 NONCE", the last two in hexadecimal.
[[nodiscard]] std::string about_act(const ActAsked& act, std::string_view nonce);

struct PasskeyUse {
    std::int64_t number = 0;
    std::string key_id;
    Instant at{};
    std::string about;
    std::string authenticator_data;
    std::string client_data;
    std::string signature;
};
// Of one passkey, also of one that is removed; the latest first.
[[nodiscard]] std::vector<PasskeyUse> uses_of(store::Reader& reader, std::string_view key_id,
                                              std::size_t limit);

}  // namespace lango::people
