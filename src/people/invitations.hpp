// A link with which one person makes their password, once. Whoever made it for another one has seen
// it; so it is for somebody who has shown nothing of their own yet, or for oneself.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/result.hpp"
#include "people/people.hpp"
#include "store/tx.hpp"

namespace lango::people {

inline constexpr Duration invitation_lasts = std::chrono::hours{72};

struct Invitation {
    std::string token;
    Instant ends_at{};
};
// In the place of one that was made before. by: who makes it; is_trusted: the machine's own
// program, which invites anybody.
[[nodiscard]] Result<Invitation, Refused> invite(store::Tx& tx, const crypto::MasterKey& master,
                                                 Random& random, Instant now, std::string_view name,
                                                 std::string_view by, bool is_trusted = false);
// Whose it is. Nothing: it is unknown, used or over.
[[nodiscard]] std::optional<std::string> invited(store::Reader& reader,
                                                 const crypto::MasterKey& master,
                                                 std::string_view token, Instant now);
// Their password is this one; it is used. What they showed in the browser before counts no more:
// sessions end, a second factor is made anew. A first key that somebody has seen opens nothing any
// more. Nothing: it is unknown, used or over.
[[nodiscard]] std::optional<std::string> accept(store::Tx& tx, const crypto::MasterKey& master,
                                                Random& random, Instant now, std::string_view token,
                                                const std::string& hash);

// Everything that a person shows in the browser, invitations and sessions with it.
void forget_browser_credentials(store::Tx& tx, std::string_view name);

}  // namespace lango::people
