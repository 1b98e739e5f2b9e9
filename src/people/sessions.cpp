#include "people/sessions.hpp"

#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr std::size_t token_length = 32;

}  // namespace

Session begin_session(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                      const Person& person, Instant now) {
    Session session{.token = random.alphanumeric(token_length), .ends_at = now + session_lasts};
    tx.run("DELETE FROM sessions WHERE ends_at <= ?1", now);
    tx.run("INSERT INTO sessions (token_hash, name, began_at, ends_at) VALUES (?1, ?2, ?3, ?4)",
           store::Blob{master.lookup_hash(session.token)}, person.name, now, session.ends_at);
    record(tx, now, person.name, "logged in", person.name,
           "until " + format_rfc3339(session.ends_at));
    return session;
}

std::optional<Person> with_session(store::Reader& reader, const crypto::MasterKey& master,
                                   std::string_view token, Instant now) {
    for (const auto& hash : master.lookup_hashes(token)) {
        const auto name = reader.first(
            // One that began by a clock that was ahead is over, too.
            "SELECT name FROM sessions WHERE token_hash = ?1 AND ends_at > ?2 AND ends_at <= ?3",
            [](const store::Row& row) { return row.string(0); }, store::Blob{hash}, now,
            now + session_lasts + clock_step);
        if (name) return find(reader, *name);
    }
    return std::nullopt;
}

void end_session(store::Tx& tx, const crypto::MasterKey& master, std::string_view token) {
    for (const auto& hash : master.lookup_hashes(token)) {
        tx.run("DELETE FROM sessions WHERE token_hash = ?1", store::Blob{hash});
    }
}

void end_sessions(store::Tx& tx, std::string_view name) {
    tx.run("DELETE FROM sessions WHERE name = ?1", name);
}

}  // namespace lango::people
