// What a person's shell keeps after `lango login` instead of their key: a token that ends by
// itself, and that is no proof for what asks for the key itself.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "people/people.hpp"

namespace lango::people {

inline constexpr Duration session_lasts = std::chrono::hours{8};

struct Session {
    std::string token;
    Instant ends_at{};
};
// Of a person whose key was shown.
[[nodiscard]] Session begin_session(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                    const Person& person, Instant now);
// Nothing for a token that is unknown or over, and for whoever was removed.
[[nodiscard]] std::optional<Person> with_session(store::Reader& reader,
                                                 const crypto::MasterKey& master,
                                                 std::string_view token, Instant now);
void end_session(store::Tx& tx, const crypto::MasterKey& master, std::string_view token);
// All of theirs.
void end_sessions(store::Tx& tx, std::string_view name);

}  // namespace lango::people
