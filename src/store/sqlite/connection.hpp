// One connection to a SQLite database. One thread at a time.
//
// An error that concerns more than its statement (Trouble: disk full, IO error) stays on the
// connection and is thrown again by every later statement, until roll_back(): a command that
// swallows it cannot go on in a transaction that SQLite has ended.
#pragma once
#include <sqlite3.h>

#include <optional>
#include <string>

#include "store/sqlite/fault.hpp"
#include "store/sqlite/statement.hpp"

namespace lango::store::sqlite {

// Where a database is.
struct Place {
    std::string path;  // of the file; a URI when in memory
    std::string vfs;   // SQLite's VFS by name; empty: the default
    bool in_memory = false;
};

enum class Role {
    writer,  // creates the file; the only one that writes and checkpoints
    reader,
};

class Connection final : public Tx {
  public:
    Connection(const Place& place, Role role, std::int64_t cache_bytes);
    // Checkpoints nothing; removes the WAL after checkpoint(true).
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Several statements without parameters; not kept.
    void script(const std::string& sql);
    using Tx::check_touched;
    using Tx::forget_touched;

    // As the first run of a statement does, and runs nothing: throws Broken for one that the schema
    // does not bear.
    void prepare(Sql sql);

    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    // Ends the transaction if there is one and forgets a trouble, unless the connection is lost.
    void roll_back();
    [[nodiscard]] const std::optional<Trouble>& trouble() const { return trouble_; }

    // Pages in the WAL after the last commit: a checkpoint is due at wal_pages_max.
    static constexpr int wal_pages_max = 1000;
    [[nodiscard]] int wal_pages() const { return wal_pages_; }
    // How often SQLite has parsed and planned a statement again: costs as much as ten of them.
    [[nodiscard]] std::int64_t plans_made_again() const;
    // Moves what readers let it into the database file; wal_pages() says what they did not.
    // `truncate` also waits for them and empties the WAL, as the last thing before closing. Throws
    // like a statement.
    void checkpoint(bool truncate);

  private:
    void query(Sql sql, std::span<const Param> params, const RowSink& sink) override;
    std::int64_t execute(Sql sql, std::span<const Param> params) override;

    void open(const Place& place, Role role);
    void configure(const Place& place, Role role, std::int64_t cache_bytes);
    void close();
    void prepare(Lease& lease, Sql sql);
    void check(int code, const char* sql) {
        if (code != SQLITE_OK) fail(code, sql);
    }
    [[noreturn]] void fail(int code, const char* sql);

    sqlite3* db_ = nullptr;
    StatementCache statements_;
    std::optional<Trouble> trouble_;
    int wal_pages_ = 0;
};

}  // namespace lango::store::sqlite
