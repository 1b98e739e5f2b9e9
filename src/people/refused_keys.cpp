#include "people/refused_keys.hpp"

#include <algorithm>

#include "people/trail.hpp"

namespace lango::people {

namespace {

constexpr std::size_t beginning = 3;  // characters, of what nobody is called

// Also of those who were removed: it is no secret that they were here.
bool is_a_name(store::Reader& reader, std::string_view name) {
    return reader
        .first(
            "SELECT 1 FROM operators WHERE name = ?1", [](const store::Row&) { return true; }, name)
        .has_value();
}

std::string cut(std::string_view text) {
    std::string kept;
    for (const char c : text.substr(0, beginning)) kept += c > 0x20 && c < 0x7f ? c : '?';
    return kept + "... (nobody's name)";
}

}  // namespace

void count_refused_key(store::Tx& tx, Instant now, std::string_view name, std::string_view who,
                       std::string_view path) {
    const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    const bool known = is_a_name(tx, name);
    const auto row = known ? name : std::string_view{};
    const auto counted = tx.run(
        "UPDATE refused_keys SET count = count + 1, last_at = ?3 WHERE day = ?1 AND name = ?2", day,
        row, now);
    if (counted > 0) return;
    tx.run(
        "INSERT INTO refused_keys (day, name, count, first_at, last_at) VALUES (?1, ?2, 1, ?3, ?3)",
        day, row, now);
    record(tx, now, who, "key refused", known ? std::string{name} : cut(name), path);
}

std::vector<RefusedKeys> refused_keys(store::Reader& reader, std::size_t limit) {
    std::vector<RefusedKeys> found;
    reader.each(
        "SELECT name, count, first_at, last_at FROM refused_keys ORDER BY day DESC, name LIMIT ?1",
        [&](const store::Row& row) {
            found.push_back({.name = row.string(0),
                             .count = row.integer(1),
                             .first_at = row.instant(2),
                             .last_at = row.instant(3)});
        },
        static_cast<std::int64_t>(limit));
    return found;
}

}  // namespace lango::people
