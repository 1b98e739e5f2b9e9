// Prepared statements of one connection, kept by the address of their literal.
#pragma once
#include <sqlite3.h>

#include <memory>
#include <unordered_map>

#include "store/tx.hpp"

namespace lango::store::sqlite {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
using StatementCache = std::unordered_map<const char*, Statement>;

// Takes a statement out of its place while it runs, so that a row's callback may run the same
// literal again (with a second statement). Whatever way it ends, it gives up its snapshot and its
// borrowed texts.
class Lease {
  public:
    explicit Lease(Statement& place) : place_(place), statement_(std::move(place)) {}
    ~Lease() {
        if (statement_ == nullptr) return;
        sqlite3_reset(statement_.get());
        sqlite3_clear_bindings(statement_.get());
        if (place_ == nullptr) place_ = std::move(statement_);
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] bool prepared() const { return statement_ != nullptr; }
    void prepared(sqlite3_stmt* statement) { statement_.reset(statement); }
    [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }

  private:
    Statement& place_;  // nodes of the map stay where they are
    Statement statement_;
};

// SQLite's code; SQLITE_RANGE when the count differs from the placeholders.
[[nodiscard]] int bind(sqlite3_stmt* statement, std::span<const Param> params);

class StatementRow final : public Row {
  public:
    explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;

  private:
    [[nodiscard]] int type(int column) const;
    [[noreturn]] void wrong_type(int column, const char* wanted) const;
    sqlite3_stmt* statement_;
};

}  // namespace lango::store::sqlite
