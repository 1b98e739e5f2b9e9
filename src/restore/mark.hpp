// What the gateway had told outside, kept apart from the database (setting data.state): who puts a
// backup back does not put this back with it. A small file of lines:
//
//   lango mark 1
//   database 6f3c...        32 hex digits, the database's
//   lease 4711              the database says the same, or more
//   at 1795950000000000     microseconds since 1970
//   stockpiling 51000       no smaller number is certain to be untold
//   references 5200
//
// Written before what it speaks of is told: a lease is in the database first, then here, then used.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace lango::restore {

struct Mark {
    std::string database;
    std::int64_t lease = 0;
    Instant at{};
    std::int64_t stockpiling = 1;  // told, or reserved: the next free ones at most
    std::int64_t references = 1;

    bool operator==(const Mark&) const = default;
};
[[nodiscard]] std::string text_of(const Mark& mark);
// Nothing for what is no mark.
[[nodiscard]] std::optional<Mark> read_mark(std::string_view text);

class MarkPlace {
  public:
    virtual ~MarkPlace() = default;
    // Nothing when there is none. Throws std::runtime_error when it cannot be read.
    [[nodiscard]] virtual std::optional<std::string> read() = 0;
    // Survives a power cut when it returns. Throws std::runtime_error.
    virtual void write(const std::string& text) = 0;
    [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace lango::restore
