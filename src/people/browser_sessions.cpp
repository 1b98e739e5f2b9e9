#include "people/browser_sessions.hpp"

#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr Duration noted_every = std::chrono::minutes{1};

BrowserSession session_of(const store::Row& row) {
    return {.number = row.integer(0),
            .name = row.string(1),
            .stage = static_cast<Stage>(row.integer(2)),
            .began_at = row.instant(3),
            .seen_at = row.instant(4),
            .address = row.string(5),
            .browser = row.string(6)};
}

bool is_on(const BrowserSession& session, const SessionLimits& limits, Instant now) {
    const auto lasts = session.stage == Stage::in ? limits.absolute : way_in_lasts;
    return !has_passed(session.began_at, lasts, now) &&
           !has_passed(session.seen_at, limits.idle, now);
}

}  // namespace

std::string new_session_id(Random& random) { return random.alphanumeric(session_id_length); }

void begin_browser_session(store::Tx& tx, const crypto::MasterKey& master, const std::string& id,
                           std::string_view name, Stage stage, const Caller& caller, Instant now) {
    tx.run("DELETE FROM browser_sessions WHERE name = ?1 AND began_at <= ?2", name,
           now - session_max);
    tx.run(
        "INSERT INTO browser_sessions (number, id_hash, name, stage, began_at, seen_at, address, "
        "browser) SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?4, ?5, ?6 "
        "FROM browser_sessions",
        store::Blob{master.lookup_hash(id)}, name, stage, now, caller.address, caller.browser);
    if (stage == Stage::in) record(tx, now, name, "logged in", name, "browser");
}

void change_browser_session(store::Tx& tx, const crypto::MasterKey& master, std::int64_t number,
                            const std::string& id, Stage stage, Instant now) {
    const auto before = tx.first(
        "SELECT stage, name FROM browser_sessions WHERE number = ?1",
        [](const store::Row& row) {
            return std::pair{static_cast<Stage>(row.integer(0)), row.string(1)};
        },
        number);
    if (!before) return;
    // Whoever has come in has the whole time from here on.
    const bool comes_in = before->first != Stage::in && stage == Stage::in;
    tx.run(
        "UPDATE browser_sessions SET id_hash = ?2, stage = ?3, seen_at = ?4, "
        "began_at = CASE WHEN ?5 = 1 THEN ?4 ELSE began_at END WHERE number = ?1",
        number, store::Blob{master.lookup_hash(id)}, stage, now, comes_in ? 1 : 0);
    if (comes_in) record(tx, now, before->second, "logged in", before->second, "browser");
}

bool is_to_be_noted(const BrowserSession& session, Instant now) {
    return has_passed(session.seen_at, noted_every, now);
}

void note_seen(store::Tx& tx, std::int64_t number, Instant now) {
    tx.run("UPDATE browser_sessions SET seen_at = ?2 WHERE number = ?1", number, now);
}

std::optional<BrowserSession> with_browser_session(store::Reader& reader,
                                                   const crypto::MasterKey& master,
                                                   std::string_view id, const SessionLimits& limits,
                                                   Instant now) {
    if (id.size() != session_id_length) return std::nullopt;
    for (const auto& hash : master.lookup_hashes(id)) {
        auto found = reader.first(
            "SELECT number, name, stage, began_at, seen_at, address, browser "
            "FROM browser_sessions WHERE id_hash = ?1",
            session_of, store::Blob{hash});
        if (found && is_on(*found, limits, now)) return found;
    }
    return std::nullopt;
}

std::vector<BrowserSession> browser_sessions(store::Reader& reader, std::string_view name,
                                             const SessionLimits& limits, Instant now) {
    std::vector<BrowserSession> all;
    reader.each(
        "SELECT number, name, stage, began_at, seen_at, address, browser FROM browser_sessions "
        "WHERE name = ?1 ORDER BY number DESC",
        [&](const store::Row& row) {
            auto session = session_of(row);
            if (session.stage == Stage::in && is_on(session, limits, now)) {
                all.push_back(std::move(session));
            }
        },
        name);
    return all;
}

bool end_browser_session(store::Tx& tx, std::string_view name, std::int64_t number) {
    return tx.run("DELETE FROM browser_sessions WHERE name = ?1 AND number = ?2", name, number) > 0;
}

void end_browser_sessions(store::Tx& tx, std::string_view name, std::int64_t but) {
    tx.run("DELETE FROM browser_sessions WHERE name = ?1 AND number <> ?2", name, but);
}

}  // namespace lango::people
