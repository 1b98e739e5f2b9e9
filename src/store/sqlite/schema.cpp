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

// Whether a migration changes the schema's texts, and with them what rows have to be, but no row.
bool changes_texts(const Migration& migration) {
    return migration.sql.find("writable_schema") != std::string_view::npos;
}

std::vector<std::string> tables(Connection& connection) {
    std::vector<std::string> names;
    connection.each(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' "
        "ESCAPE '@' ORDER BY name",
        [&](const Row& row) { names.push_back(row.string(0)); });
    return names;
}

std::int64_t pragma(Connection& connection, Sql sql) {
    return connection.first(sql, [](const Row& row) { return row.integer(0); }).value_or(0);
}

// That every row is as the changed texts say; throws Broken with what is not.
void check_rows(Connection& connection) {
    std::string faults;
    int more = 0;
    const auto names = tables(connection);
    LANGO_CHECK(!names.empty(), "a schema whose texts were changed has tables");
    for (const auto& table : names) {
        connection.each(
            "SELECT quick_check FROM pragma_quick_check(?1)",
            [&](const Row& row) {
                const auto line = row.string(0);
                if (line == "ok") return;
                if (faults.size() < 500) {
                    faults += (faults.empty() ? "" : "; ") + line;
                } else {
                    ++more;
                }
            },
            table);
    }
    if (faults.empty()) return;
    if (more > 0) faults += "; and " + std::to_string(more) + " more";
    throw Broken{faults +
                 ". No version of this program writes that. Put it right with the version before "
                 "this one, which still opens the database as it is"};
}

std::string what_it_takes(Connection& connection, const Migration& migration) {
    constexpr std::int64_t bytes_a_second = 100'000'000;  // of a slow disk
    const auto bytes = pragma(connection, "SELECT page_count FROM pragma_page_count") *
                       pragma(connection, "SELECT page_size FROM pragma_page_size");
    return title(migration) + ": reads the whole database once, " +
           std::to_string(bytes / 1'000'000) + " MB, about " +
           std::to_string(1 + bytes / bytes_a_second) +
           " s on a slow disk; writes less than 1 MB, and needs no other space";
}

void run_one(Connection& connection, const Migration& migration) {
    try {
        connection.run("BEGIN IMMEDIATE");
        connection.script(std::string{migration.sql});
        if (changes_texts(migration)) {
            // Whoever has read the schema reads it again.
            const auto version =
                pragma(connection, "SELECT schema_version FROM pragma_schema_version");
            connection.script("PRAGMA schema_version = " + std::to_string(version + 1));
            check_rows(connection);
        }
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

void migrate(Connection& connection, std::span<const Migration> migrations, const Tell& tell) {
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
            // A new database has nothing to look at.
            if (version > 0 && tell && changes_texts(migration)) {
                tell(what_it_takes(connection, migration));
            }
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
