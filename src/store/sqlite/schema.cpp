#include "store/sqlite/schema.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "store/errors.hpp"

namespace lango::store::sqlite {

namespace {

bool has_table(Connection& connection) {
    return connection
        .first("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'",
               [](const Row&) { return true; })
        .has_value();
}

std::string checksum(std::string_view sql) {
    return crypto::hex(crypto::view(crypto::sha256(sql)));
}

std::string title(const Migration& migration) {
    return "migration " + std::to_string(migration.number) + " (" + std::string{migration.name} +
           ")";
}

void run_one(Connection& connection, const Migration& migration) {
    try {
        connection.run("BEGIN IMMEDIATE");
        connection.script(std::string{migration.sql});
        connection.run(
            "INSERT INTO schema_migrations (number, name, sha256, applied_at) "
            "VALUES (?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
            migration.number, migration.name, checksum(migration.sql));
        connection.run("COMMIT");
    } catch (const std::exception& why) {
        connection.roll_back();
        throw Broken{title(migration) + " failed: " + why.what()};
    }
}

}  // namespace

int schema_version(Connection& connection) {
    if (!has_table(connection)) return 0;
    return connection
        .first("SELECT COALESCE(MAX(number), 0) FROM schema_migrations",
               [](const Row& row) { return static_cast<int>(row.integer(0)); })
        .value_or(0);
}

void migrate(Connection& connection, std::span<const Migration> migrations) {
    if (!has_table(connection)) {
        connection.run(
            "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, "
            "name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL)");
    }
    const int version = schema_version(connection);
    if (std::cmp_greater(version, migrations.size())) {
        throw Broken{"the database has schema version " + std::to_string(version) +
                     ", this program knows " + std::to_string(migrations.size()) +
                     ": it was used by a newer program; use that one"};
    }
    int expected = 0;
    for (const auto& migration : migrations) {
        LANGO_CHECK(migration.number == ++expected, "migrations are numbered without gaps");
        LANGO_CHECK(!migration.name.empty() && !migration.sql.empty(),
                    "a migration has a name and a text");
        if (migration.number > version) {
            run_one(connection, migration);
            continue;
        }
        const auto stored = connection.first(
            "SELECT sha256 FROM schema_migrations WHERE number = ?1",
            [](const Row& row) { return row.string(0); }, migration.number);
        if (stored != checksum(migration.sql)) {
            throw Broken{title(migration) +
                         " was changed after it had made this database: restore "
                         "its text and write a new migration"};
        }
    }
}

}  // namespace lango::store::sqlite
