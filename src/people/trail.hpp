// What people did, each act in the commit that did it; never changed.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/tx.hpp"

namespace lango::people {

// Appends to the trail. who: a person's name, or the program itself ("sandbox").
void record(store::Tx& tx, Instant now, std::string_view who, std::string_view act,
            std::string_view subject, std::string_view detail);

struct Act {
    std::int64_t number = 0;
    Instant at{};
    std::string who;
    std::string act;
    std::string subject;
    std::string detail;
};
// The latest first.
[[nodiscard]] std::vector<Act> trail(store::Reader& reader, std::size_t limit);

}  // namespace lango::people
