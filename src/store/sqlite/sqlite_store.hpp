// The embedded engine: one writer connection on its own thread (or, for the simulation, run by the
// executor), readers beside it (WAL, synchronous=FULL; the writer checkpoints at 1000 pages, when
// nothing has been written for a while, and when what was written has stood in the WAL for a
// minute: a copy of the database file alone lacks no more than that).
//
// A failed fsync or IO error is never retried as if nothing happened: the group gets Broken, the
// connection is closed, the store reopens the file and lets WAL recovery decide what is there; the
// volatile tables are empty then.
// A full disk answers Unavailable and recovers by itself when there is space.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "store/migrations.hpp"
#include "store/store.hpp"

namespace lango::store {

enum class Threading {
    own_thread,  // a writer thread and reader threads
    inline_,     // everything on the executor's thread: simulation, command line, unit tests
};

struct SqliteOptions {
    std::string path;  // ":memory:" only with Threading::inline_
    Threading threading = Threading::own_thread;
    std::size_t queue_max = 50'000;  // further writes get Unavailable
    int readers = 2;
    // own_thread: when the WAL goes into the file although it is short.
    std::chrono::milliseconds checkpoint_when_quiet{5'000};
    std::chrono::milliseconds checkpoint_when_old{60'000};
    std::int64_t cache_bytes = 56LL * 1024 * 1024;
    std::span<const Migration> migrations = store::migrations();
    std::string_view volatile_schema = store::volatile_schema();
    // Told before a migration that takes long in a large database, for people.
    std::function<void(const std::string&)> migrating = {};
    std::string vfs = {};  // SQLite's VFS by name, for faults and simulated disks; "": the default
};

// Opens, migrates, starts. Throws Broken with a text for people: library older than 3.51.3, file
// locked by another process, newer schema than this binary, changed migration.
[[nodiscard]] std::unique_ptr<Store> open_sqlite(SqliteOptions options,
                                                 asio::any_io_executor executor);

// The schema's version in a file; 0 for a new one.
[[nodiscard]] int sqlite_schema_version(const std::string& path);

}  // namespace lango::store
