// How many withdrawals are under way: for metrics and for people.
#pragma once
#include <map>

#include "store/tx.hpp"
#include "withdrawals/state.hpp"

namespace lango::withdrawals {

struct Backlog {
    std::map<State, std::int64_t> open;  // every open state, also with 0
    std::int64_t attention = 0;          // of those: a person must look
};
[[nodiscard]] Backlog backlog(store::Reader& reader);

}  // namespace lango::withdrawals
