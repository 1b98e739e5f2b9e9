// Every SQL statement of the program, found by statements.py while it was built.
#pragma once
#include <span>
#include <string_view>

#include "store/tx.hpp"

namespace lango::statements {

// In the objects that the program is linked from.
struct Compiled {
    std::string_view library;  // whose objects: "deposits"
    store::Sql sql;
};
[[nodiscard]] std::span<const Compiled> compiled();

// In the sources.
struct Written {
    std::string_view place;  // "src/deposits/take.cpp:69"
    std::string_view text;
};
[[nodiscard]] std::span<const Written> written();

}  // namespace lango::statements
