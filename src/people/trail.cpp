#include "people/trail.hpp"

namespace lango::people {

void record(store::Tx& tx, Instant now, std::string_view who, std::string_view act,
            std::string_view subject, std::string_view detail) {
    tx.run(
        "INSERT INTO operator_acts (number, at, who, act, subject, detail) "
        "SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?5 FROM operator_acts",
        now, who, act, subject, detail);
}

std::vector<Act> trail(store::Reader& reader, std::size_t limit) {
    std::vector<Act> found;
    reader.each(
        "SELECT number, at, who, act, subject, detail FROM operator_acts "
        "ORDER BY number DESC LIMIT ?1",
        [&](const store::Row& row) {
            found.push_back({.number = row.integer(0),
                             .at = row.instant(1),
                             .who = row.string(2),
                             .act = row.string(3),
                             .subject = row.string(4),
                             .detail = row.string(5)});
        },
        static_cast<std::int64_t>(limit));
    return found;
}

}  // namespace lango::people
