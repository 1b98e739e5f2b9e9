// Keys that were refused: however many are tried, the trail has one line for each name and day.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/tx.hpp"

namespace lango::people {

// Counts it; the first of a name and day stands in the trail, too. What nobody is called may be a
// key that was typed in the wrong place: no more than its beginning is kept. who: in the trail.
void count_refused_key(store::Tx& tx, Instant now, std::string_view name, std::string_view who,
                       std::string_view path);

struct RefusedKeys {
    std::string name;  // "": names that nobody has
    std::int64_t count = 0;
    Instant first_at{};
    Instant last_at{};
};
// Of the latest days first.
[[nodiscard]] std::vector<RefusedKeys> refused_keys(store::Reader& reader, std::size_t limit);

}  // namespace lango::people
