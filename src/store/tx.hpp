// What a command may do to the database. Statements are string literals: engines prepare each
// once and keep it by its address. Placeholders are ?1, ?2, ...; SQL stays within what SQLite and
// PostgreSQL both understand.
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "store/value.hpp"

namespace lango::store {

// How every statement begins, so that all of them can be found in what was compiled
// (tests/statements): those that any engine runs, and those of one engine, of its tests and of its
// transactions.
inline constexpr std::array<std::string_view, 5> statement_verbs{"SELECT", "INSERT", "UPDATE",
                                                                 "DELETE", "WITH"};
inline constexpr std::array<std::string_view, 9> engine_verbs{
    "BEGIN", "COMMIT", "SAVEPOINT", "ROLLBACK", "RELEASE", "PRAGMA", "CREATE", "DROP", "ALTER"};

[[nodiscard]] consteval bool is_statement(const char* text) {
    const auto begins_with = [text](std::string_view verb) {
        const char* at = text;
        for (const char letter : verb) {
            if (*at != letter) return false;
            ++at;
        }
        return *at == ' ' || *at == '\0';
    };
    for (const auto verb : statement_verbs) {
        if (begins_with(verb)) return true;
    }
    for (const auto verb : engine_verbs) {
        if (begins_with(verb)) return true;
    }
    return false;
}

// A statement's text; only from literals, so that its address identifies it.
struct Sql {
    const char* text;
    consteval Sql(const char* literal)  // NOLINT(google-explicit-constructor)
        : text(literal) {
        if (!is_statement(literal)) throw "a statement begins with its verb, in capitals";
    }
};

using RowSink = std::function<void(const Row&)>;

// Reads. A reader's statements within one Store::read see one snapshot.
class Reader {
  public:
    template <class... P>
    void each(Sql sql, const RowSink& sink, const P&... params) {
        const std::array<Param, sizeof...(P)> list{Param{params}...};
        query(sql, list, sink);
    }
    // The first row through `make`, or nothing. make(const Row&) -> T.
    template <class Make, class... P>
    auto first(Sql sql, Make&& make, const P&... params)
        -> std::optional<std::invoke_result_t<Make, const Row&>> {
        std::optional<std::invoke_result_t<Make, const Row&>> found;
        each(
            sql,
            [&](const Row& row) {
                if (!found) found.emplace(make(row));
            },
            params...);
        return found;
    }

  protected:
    ~Reader() = default;
    virtual void query(Sql sql, std::span<const Param> params, const RowSink& sink) = 0;
};

// What must hold of a subject that a command has changed. Throws what its caller is to get.
using Check = void (*)(Reader& reader, std::int64_t subject);

// Reads and writes inside the transaction of the group.
class Tx : public Reader {
  public:
    // The command has changed this subject: when it has run, and before what it wrote is kept,
    // `check` looks at it, once, however often it was touched. What that throws undoes the command
    // as if it had thrown itself.
    void touch(std::int64_t subject, Check check) { touched_.push_back({check, subject}); }

    // Returns how many rows it changed. Throws store::Conflict when a unique key or a CHECK
    // refuses, store::Broken for everything else.
    template <class... P>
    std::int64_t run(Sql sql, const P&... params) {
        const std::array<Param, sizeof...(P)> list{Param{params}...};
        return execute(sql, list);
    }

  protected:
    ~Tx() = default;
    virtual std::int64_t execute(Sql sql, std::span<const Param> params) = 0;
    // The engine's: around each command.
    void forget_touched() { touched_.clear(); }
    void check_touched();

  private:
    struct Touched {
        Check check;
        std::int64_t subject;
        friend bool operator==(const Touched&, const Touched&) = default;
    };
    std::vector<Touched> touched_;
};

}  // namespace lango::store
