// Numbered SQL, embedded in the binary. A migration runs once, in its own transaction, in order;
// what has run is recorded with its checksum, and a changed text is refused.
#pragma once
#include <span>
#include <string_view>

namespace lango::store {

struct Migration {
    int number;             // from 1, without gaps
    std::string_view name;  // "deposits"
    std::string_view sql;   // several statements
};

// All of the gateway's, from src/store/migrations/*.sql.
[[nodiscard]] std::span<const Migration> migrations();
// Tables that live in memory and are rebuilt at every start (SQLite TEMP, PostgreSQL UNLOGGED).
[[nodiscard]] std::string_view volatile_schema();

}  // namespace lango::store
