#include "people/invitations.hpp"

#include "people/browser_sessions.hpp"
#include "people/passwords.hpp"
#include "people/second_factor.hpp"
#include "people/sessions.hpp"
#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr std::size_t token_length = 32;

}  // namespace

Result<Invitation, Refused> invite(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                   Instant now, std::string_view name, std::string_view by,
                                   bool is_trusted) {
    const auto person = find(tx, name);
    if (!person) return Unexpected<Refused>{Refused{"there is no person " + std::string{name}}};
    const bool has_own = person->key_is_own || !password_hash(tx, name).empty();
    if (has_own && name != by && !is_trusted) {
        return Unexpected<Refused>{Refused{
            std::string{name} +
            " has a key or a password of their own: they make the invitation themselves, with "
            "their key; who has lost that is removed and added again"}};
    }
    Invitation made{.token = random.alphanumeric(token_length), .ends_at = now + invitation_lasts};
    tx.run("DELETE FROM invitations WHERE name = ?1", name);
    tx.run("INSERT INTO invitations (name, token_hash, made_by, ends_at) VALUES (?1, ?2, ?3, ?4)",
           name, store::Blob{master.lookup_hash(made.token)}, by, made.ends_at);
    record(tx, now, by, "invited", name, "until " + format_rfc3339(made.ends_at));
    return made;
}

std::optional<std::string> invited(store::Reader& reader, const crypto::MasterKey& master,
                                   std::string_view token, Instant now) {
    if (token.size() != token_length) return std::nullopt;
    for (const auto& hash : master.lookup_hashes(token)) {
        const auto name = reader.first(
            "SELECT name FROM invitations WHERE token_hash = ?1 AND ends_at > ?2 AND ends_at <= ?3",
            [](const store::Row& row) { return row.string(0); }, store::Blob{hash}, now,
            now + invitation_lasts + clock_step);
        if (name && find(reader, *name)) return name;
    }
    return std::nullopt;
}

std::optional<std::string> accept(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                  Instant now, std::string_view token, const std::string& hash) {
    const auto name = invited(tx, master, token, now);
    if (!name) return std::nullopt;
    forget_browser_credentials(tx, *name);
    end_sessions(tx, *name);
    void_first_key(tx, master, random, *name);
    set_password(tx, now, *name, hash, "invitation accepted");
    return name;
}

void forget_browser_credentials(store::Tx& tx, std::string_view name) {
    tx.run("DELETE FROM passwords WHERE name = ?1", name);
    tx.run("DELETE FROM invitations WHERE name = ?1", name);
    forget_second_factor(tx, name);
    end_browser_sessions(tx, name);
}

}  // namespace lango::people
