#include "store/sqlite/connection.hpp"

#include "base/check.hpp"

namespace lango::store::sqlite {

namespace {

// Only people with a shell of SQLite on the file make the writer wait.
constexpr int busy_timeout_ms = 5000;

bool blank(const char* text) {
    return std::string_view{text}.find_first_not_of(" \t\r\n;") == std::string_view::npos;
}

}  // namespace

Connection::Connection(const Place& place, Role role, std::int64_t cache_bytes) {
    try {
        open(place, role);
        configure(place, role, cache_bytes);
    } catch (...) {
        close();
        throw;
    }
}

Connection::~Connection() { close(); }

void Connection::open(const Place& place, Role role) {
    const int mode =
        role == Role::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int uri = place.in_memory ? SQLITE_OPEN_URI : 0;
    const int code = sqlite3_open_v2(place.path.c_str(), &db_, mode | uri | SQLITE_OPEN_NOMUTEX,
                                     place.vfs.empty() ? nullptr : place.vfs.c_str());
    if (db_ == nullptr) throw Broken{"cannot open " + place.path + ": out of memory"};
    sqlite3_extended_result_codes(db_, 1);
    if (code != SQLITE_OK) fail(code, ("opening " + place.path).c_str());
    // SQLite falls back to reading when it may not write.
    if (role == Role::writer && sqlite3_db_readonly(db_, "main") == 1) {
        throw Broken{place.path + " cannot be written"};
    }
}

void Connection::configure(const Place& place, Role role, std::int64_t cache_bytes) {
    sqlite3_busy_timeout(db_, busy_timeout_ms);
    // "name" in double quotes is a column, never a text.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // A plan does not depend on what is bound. Else a statement with LIMIT ?1 is parsed and planned
    // anew whenever that number changes.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    script("PRAGMA cache_size = -" + std::to_string(cache_bytes / 1024) +
           "; PRAGMA mmap_size = 0; PRAGMA foreign_keys = OFF");
    // Or the last to close would, reader or not, lost or not.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (role == Role::reader) {
        // A reader that sorts a million rows, as a proof of everything does, keeps to its cache and
        // puts the rest into temporary files; the writer's temporary tables stay in memory.
        script("PRAGMA query_only = ON; PRAGMA temp_store = FILE");
        return;
    }
    script("PRAGMA page_size = 4096; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
    const auto mode =
        first("PRAGMA journal_mode = WAL", [](const Row& row) { return row.string(0); });
    if (mode != "wal" && !place.in_memory) {
        throw Broken{place.path +
                     " cannot be used: its file system has no shared memory for a "
                     "write-ahead log"};
    }
    // In place of auto-checkpoint, which swallows its errors and makes those who wait for the
    // commit wait for it too.
    sqlite3_wal_hook(
        db_,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->wal_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

void Connection::close() {
    statements_.clear();
    // A statement or copy that is left keeps the file open until it ends.
    LANGO_NOTE_UNLESS(db_ == nullptr || sqlite3_next_stmt(db_, nullptr) == nullptr,
                      "a connection that closes has no statement left");
    LANGO_NOTE_UNLESS(sqlite3_close_v2(db_) == SQLITE_OK, "a connection closes");
    db_ = nullptr;
}

void Connection::script(const std::string& sql) {
    if (trouble_) trouble_->raise();
    check(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr), sql.c_str());
}

void Connection::roll_back() {
    if (in_transaction()) {
        const int code = sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
        // A transaction that cannot be ended: only closing the connection does.
        if (code != SQLITE_OK && in_transaction()) {
            trouble_ =
                Trouble{.lost = true, .text = std::string{"ROLLBACK: "} + sqlite3_errmsg(db_)};
        }
    }
    if (trouble_ && !trouble_->lost) trouble_.reset();
}

void Connection::checkpoint(bool truncate) {
    if (trouble_) trouble_->raise();
    wal_pages_ = 0;
    int logged = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        db_, "main", truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &logged,
        &moved);
    // Busy: another's read or checkpoint is in the way; next time.
    if ((code & 0xff) == SQLITE_BUSY) return;
    check(code, "checkpoint");
    LANGO_CHECK(moved <= logged, "a checkpoint moves what was logged");
    if (logged > moved) wal_pages_ = logged - moved;
    // Nothing stands in the WAL any more: closing may remove it.
    if (truncate) sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

void Connection::prepare(Sql sql) {
    if (trouble_) trouble_->raise();
    Lease lease{statements_[sql.text]};
    if (!lease.prepared()) prepare(lease, sql);
}

void Connection::prepare(Lease& lease, Sql sql) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = "";
    check(sqlite3_prepare_v3(db_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &statement, &rest),
          sql.text);
    lease.prepared(statement);
    if (statement == nullptr) throw Broken{std::string{"no statement: "} + sql.text};
    if (!blank(rest)) throw Broken{std::string{"more than one statement: "} + sql.text};
}

std::int64_t Connection::plans_made_again() const {
    std::int64_t count = 0;
    for (auto* each = sqlite3_next_stmt(db_, nullptr); each != nullptr;
         each = sqlite3_next_stmt(db_, each)) {
        count += sqlite3_stmt_status(each, SQLITE_STMTSTATUS_REPREPARE, 0);
    }
    return count;
}

void Connection::query(Sql sql, std::span<const Param> params, const RowSink& sink) {
    if (trouble_) trouble_->raise();
    Lease lease{statements_[sql.text]};
    if (!lease.prepared()) prepare(lease, sql);
    check(bind(lease.get(), params), sql.text);
    const StatementRow row{lease.get()};
    for (;;) {
        const int code = sqlite3_step(lease.get());
        if (code == SQLITE_DONE) return;
        if (code != SQLITE_ROW) fail(code, sql.text);
        sink(row);
    }
}

std::int64_t Connection::execute(Sql sql, std::span<const Param> params) {
    // A difference: sqlite3_changes() keeps the count of the statement before for one that
    // changes nothing.
    const auto before = sqlite3_total_changes64(db_);
    query(sql, params, [](const Row&) {});
    const auto changed = sqlite3_total_changes64(db_) - before;
    LANGO_CHECK(changed >= 0, "changes are counted upwards");
    return changed;
}

void Connection::fail(int code, const char* sql) {
    const int system_errno = sqlite3_system_errno(db_);
    const std::string why = sqlite3_errmsg(db_);
    const std::string text = why + " (" + std::to_string(code) + ") in: " + sql;
    switch (fault_of(code, system_errno)) {
        case Fault::conflict:
            throw Conflict{text};
        case Fault::statement:
            throw Broken{text};
        case Fault::unavailable: {
            const int primary = code & 0xff;
            const bool full = primary == SQLITE_FULL || primary == SQLITE_IOERR;
            trouble_ = Trouble{.lost = false, .text = full ? "disk full" : text};
            break;
        }
        case Fault::lost:
            trouble_ = Trouble{.lost = true, .text = text};
            break;
    }
    LANGO_CHECK(trouble_, "what is neither refused nor wrong is trouble");
    trouble_->raise();
}

}  // namespace lango::store::sqlite
