// Every SQL statement of the program, found by statements.py while it was built.
#pragma once
#include <span>
#include <string_view>

#include "store/tx.hpp"

namespace lango::statements {

// In the objects that the program is linked from.
struct Compiled {
    std::string_view library;  // whose objects: "deposits"
    bool made;                 // by store/columns.hpp, of a row's columns
    store::Sql sql;
};
[[nodiscard]] std::span<const Compiled> compiled();

// In the sources.
struct Written {
    std::string_view place;  // "src/deposits/take.cpp:69"
    std::string_view text;
};
[[nodiscard]] std::span<const Written> written();
// What sources have store/columns.hpp make: "update<deposit_columns>".
[[nodiscard]] std::span<const std::string_view> made_in_sources();

}  // namespace lango::statements
