#include "unreadable/unreadable.hpp"

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lango::unreadable {

namespace {

#define LANGO_UNREADABLE_COLUMNS \
    "number, door, subject, why, first_at, last_at, times, length, attended_by, masked_at"

Kept from_row(const store::Row& row) {
    return {.number = row.integer(0),
            .door = static_cast<Door>(row.integer(1)),
            .subject = row.string(2),
            .why = row.string(3),
            .first_at = row.instant(4),
            .last_at = row.instant(5),
            .times = row.integer(6),
            .length = row.integer(7),
            .body = {},
            .attended_by = row.string(8),
            .is_masked = !row.is_null(9)};
}

// Counts it; how many bodies of that address and hour are kept.
std::int64_t count(store::Tx& tx, const Message& message, Instant hour) {
    tx.run(
        "INSERT INTO unreadable_hours (door, subject, hour, times, kept) VALUES (?1, ?2, ?3, 1, 0) "
        "ON CONFLICT (door, subject, hour) DO UPDATE SET times = times + 1",
        message.door, message.subject, hour);
    return tx
        .first(
            "SELECT kept FROM unreadable_hours WHERE door = ?1 AND subject = ?2 AND hour = ?3",
            [](const store::Row& row) { return row.integer(0); }, message.door, message.subject,
            hour)
        .value_or(0);
}

}  // namespace

std::string_view name(Door door) {
    switch (door) {
        case Door::callback:
            return "callback";
        case Door::confirmation:
            return "confirmation";
        case Door::validation:
            return "validation";
        case Door::list:
            return "list";
        case Door::result:
            return "result";
        case Door::status:
            return "status";
        case Door::balance:
            return "balance";
    }
    unsound("a door of the enum", std::source_location::current());
}

bool keep(store::Tx& tx, const Message& message, Instant now) {
    const auto hour = Instant{std::chrono::floor<std::chrono::hours>(now)};
    const auto kept = count(tx, message, hour);
    const auto digest = crypto::sha256(message.body);
    const auto door = static_cast<int>(message.door);
    const auto known = tx.run(
        "UPDATE unreadable_messages SET times = times + 1, last_at = ?2 "
        "WHERE digest = ?1 AND door = ?3 AND subject = ?4",
        store::Blob{crypto::view(digest)}, now, door, message.subject);
    if (known > 0) return true;
    if (kept >= kept_per_hour) return false;
    tx.run(
        "INSERT INTO unreadable_messages (digest, door, subject, why, first_at, last_at, times, "
        "length, body, attended_by) VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1, ?6, ?7, '')",
        store::Blob{crypto::view(digest)}, message.door, message.subject, message.why, now,
        message.body.size(), store::Blob{std::string_view{message.body}.substr(0, body_max)});
    tx.run(
        "UPDATE unreadable_hours SET kept = kept + 1 WHERE door = ?1 AND subject = ?2 AND hour = "
        "?3",
        message.door, message.subject, hour);
    return true;
}

std::vector<Kept> waiting(store::Reader& reader, std::int64_t after, std::int64_t limit) {
    std::vector<Kept> found;
    reader.each(
        "SELECT " LANGO_UNREADABLE_COLUMNS
        " FROM unreadable_messages WHERE attended_at IS NULL AND number > ?1 "
        "ORDER BY number LIMIT ?2",
        [&](const store::Row& row) { found.push_back(from_row(row)); }, after, limit);
    return found;
}

std::int64_t count_waiting(store::Reader& reader) {
    return reader
        .first("SELECT COUNT(*) FROM unreadable_messages WHERE attended_at IS NULL",
               [](const store::Row& row) { return row.integer(0); })
        .value_or(0);
}

std::optional<Kept> find(store::Reader& reader, std::int64_t number) {
    return reader.first(
        "SELECT " LANGO_UNREADABLE_COLUMNS ", body FROM unreadable_messages WHERE number = ?1",
        [](const store::Row& row) {
            auto kept = from_row(row);
            kept.body = row.string(10);
            return kept;
        },
        number);
}

bool attend(store::Tx& tx, std::int64_t number, std::string_view who, Instant now) {
    return tx.run(
               "UPDATE unreadable_messages SET attended_at = ?2, attended_by = ?3 "
               "WHERE number = ?1 AND attended_at IS NULL",
               number, now, who) > 0;
}

std::vector<Hour> overfull_hours(store::Reader& reader, std::int64_t limit) {
    std::vector<Hour> found;
    reader.each(
        "SELECT door, subject, hour, times, kept FROM unreadable_hours "
        "WHERE kept >= ?1 ORDER BY hour DESC LIMIT ?2",
        [&](const store::Row& row) {
            found.push_back({.door = static_cast<Door>(row.integer(0)),
                             .subject = row.string(1),
                             .from = row.instant(2),
                             .times = row.integer(3),
                             .kept = row.integer(4)});
        },
        kept_per_hour, limit);
    return found;
}

}  // namespace lango::unreadable
