// All lists that there are.
#pragma once
#include <array>

#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

extern const Noun deposits;
extern const Noun withdrawals;
extern const Noun refunds;
extern const Noun suspense;
extern const Noun postbacks;
extern const Noun events;
extern const Noun proposals;
extern const Noun trail;

inline constexpr std::array<const Noun*, 8> nouns{&deposits,  &withdrawals, &refunds,   &suspense,
                                                  &postbacks, &events,      &proposals, &trail};

// Nothing where the path is no list's.
[[nodiscard]] const Noun* noun_at(std::string_view path);

}  // namespace lango::backoffice::lists
