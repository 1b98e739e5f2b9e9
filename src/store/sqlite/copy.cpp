#include "store/sqlite/copy.hpp"

#include <sqlite3.h>

#include <memory>

#include "base/check.hpp"
#include "store/errors.hpp"

namespace lango::store {

namespace {

using Handle = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

Handle open(const std::string& path, int mode) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, mode | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle handle{raw, sqlite3_close};
    if (code != SQLITE_OK) {
        throw Broken{path + " cannot be opened: " +
                     (raw == nullptr ? "out of memory" : sqlite3_errmsg(raw))};
    }
    sqlite3_busy_timeout(raw, 5000);
    // The log is the writer's.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return handle;
}

void run(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw Broken{std::string{sql} + ": " + sqlite3_errmsg(db)};
    }
}

// "ok", or what is wrong.
std::string integrity(sqlite3* db) {
    std::string found;
    const int code = sqlite3_exec(
        db, "PRAGMA integrity_check",
        [](void* text, int columns, char** values, char**) {
            if (columns > 0 && values[0] != nullptr) {
                auto& all = *static_cast<std::string*>(text);
                all += (all.empty() ? "" : "; ") + std::string{values[0]};
            }
            return 0;
        },
        &found, nullptr);
    return code == SQLITE_OK ? found : std::string{sqlite3_errmsg(db)};
}

}  // namespace

void copy_sqlite(const std::string& from, const std::string& to) {
    const auto source = open(from, SQLITE_OPEN_READONLY);
    const auto copy = open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    auto* backup = sqlite3_backup_init(copy.get(), "main", source.get(), "main");
    if (backup == nullptr) throw Broken{to + ": " + sqlite3_errmsg(copy.get())};
    // In one step, so that it is one snapshot however much is written meanwhile.
    sqlite3_backup_step(backup, -1);
    LANGO_NOTE_UNLESS(sqlite3_backup_remaining(backup) >= 0, "what is left to copy is counted");
    if (sqlite3_backup_finish(backup) != SQLITE_OK) {
        throw Broken{from + " cannot be copied: " + sqlite3_errmsg(copy.get())};
    }
    // One file, whole by itself.
    run(copy.get(), "PRAGMA journal_mode = DELETE");
    if (const auto found = integrity(copy.get()); found != "ok") {
        throw Broken{"the copy does not hold together: " + found};
    }
}

}  // namespace lango::store
