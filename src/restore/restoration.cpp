#include "restore/restoration.hpp"

#include <algorithm>

namespace lango::restore {

namespace {

std::optional<Instant> maybe(const store::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.instant(column)};
}

// Ids grow with time, and the lease's time is at most half a minute old.
Instant last_instant(store::Reader& reader, Instant now) {
    Instant last{};
    reader.each(
        "SELECT leased_at, (SELECT MAX(id) FROM deposits), (SELECT MAX(id) FROM withdrawals), "
        "(SELECT MAX(id) FROM postbacks) FROM told",
        [&](const store::Row& row) {
            last = row.instant(0);
            for (int column = 1; column <= 3; ++column) {
                if (!row.is_null(column)) last = std::max(last, id_time(row.integer(column)));
            }
        });
    return std::min(last, now);
}

}  // namespace

std::optional<Restoration> open_restoration(store::Reader& reader) {
    return reader.first(
        "SELECT number, found_at, why, data_to, pulled_from, pulled_to FROM restorations "
        "WHERE lifted_at IS NULL ORDER BY number DESC LIMIT 1",
        [](const store::Row& row) {
            return Restoration{.number = row.integer(0),
                               .found_at = row.instant(1),
                               .why = row.string(2),
                               .data_to = row.instant(3),
                               .pulled_from = maybe(row, 4),
                               .pulled_to = maybe(row, 5)};
        });
}

std::optional<LastRestored> last_restored(store::Reader& reader) {
    return reader.first("SELECT found_at, lifted_at FROM restorations ORDER BY number DESC LIMIT 1",
                        [](const store::Row& row) {
                            return LastRestored{.found_at = row.instant(0), .open = row.is_null(1)};
                        });
}

bool may_lack(store::Reader& reader, Instant made_at) {
    // An id may be a little older than the write that it stands in.
    constexpr Duration before{std::chrono::minutes{1}};
    return reader
        .first(
            "SELECT 1 FROM restorations WHERE data_to <= ?1 AND found_at >= ?2",
            [](const store::Row&) { return true; }, made_at + before, made_at)
        .has_value();
}

std::int64_t held_below(store::Reader& reader) {
    const auto last = last_restored(reader);
    return last && last->open ? id_floor(last->found_at) : 0;
}

bool begin(store::Tx& tx, std::string_view why, Instant now) {
    if (open_restoration(tx)) return false;
    tx.run(
        "INSERT INTO restorations (number, found_at, why, data_to, lifted_by) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, '' FROM restorations",
        now, why, last_instant(tx, now));
    return true;
}

void note_pulled(store::Tx& tx, Instant from, Instant to) {
    tx.run(
        "UPDATE restorations SET pulled_from = COALESCE(pulled_from, ?1), pulled_to = ?2 "
        "WHERE lifted_at IS NULL",
        from, to);
}

void lift(store::Tx& tx, const Restoration& open, std::string_view who, Instant now) {
    tx.run("UPDATE restorations SET lifted_at = ?2, lifted_by = ?3 WHERE number = ?1", open.number,
           now, who);
}

}  // namespace lango::restore
