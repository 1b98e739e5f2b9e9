// Which order money in suspense may be for: unpaid orders of the days around the payment, ranked by
// what speaks for each. A proposal for a person; nothing is decided here.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "suspense/item.hpp"

namespace lango::paybill {

struct Suggestion {
    DepositId order{0};
    int points = 0;
    std::string why;  // "the same amount, the same phone, made 4 min before"
};

// The best first. An order that only time speaks for is no suggestion.
[[nodiscard]] std::vector<Suggestion> suggest(store::Reader& reader, const suspense::Item& item,
                                              std::size_t limit);

// How many characters were typed wrong, left out, added or swapped with their neighbour, after
// blanks and dashes are taken out and letters are raised; `most` + 1 for more than that.
[[nodiscard]] std::size_t typing_distance(std::string_view typed, std::string_view right,
                                          std::size_t most);

}  // namespace lango::paybill
