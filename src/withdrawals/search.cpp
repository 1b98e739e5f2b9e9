#include "withdrawals/search.hpp"

namespace lango::withdrawals {

namespace {

// States from and to, and the flags that must be set.
struct Range {
    int from = 1;
    int to = 7;
    std::int64_t flags = 0;
};

std::optional<Range> range_of(std::string_view word) {
    if (word.empty()) return Range{};
    if (word == "open") return Range{.from = 1, .to = 5};
    if (word == "attention") return Range{.from = 1, .to = 7, .flags = Flag::attention};
    for (int state = 1; state <= 7; ++state) {
        if (name(static_cast<State>(state)) == word) return Range{.from = state, .to = state};
    }
    return std::nullopt;
}

}  // namespace

std::vector<Withdrawal> latest(store::Reader& reader, std::string_view state, std::size_t limit) {
    std::vector<WithdrawalId> ids;
    const auto range = range_of(state);
    if (range) {
        reader.each(
            "SELECT id FROM withdrawals WHERE state BETWEEN ?1 AND ?2 AND (flags & ?3) = ?3 "
            "ORDER BY id DESC LIMIT ?4",
            [&](const store::Row& row) { ids.emplace_back(row.integer(0)); }, range->from,
            range->to, range->flags, static_cast<std::int64_t>(limit));
    }
    std::vector<Withdrawal> found;
    for (const auto id : ids) {
        try {
            found.push_back(*find(reader, id));
        } catch (const Unreadable&) {
            continue;  // it was set aside and told by its id; the others are still to be seen
        }
    }
    return found;
}

}  // namespace lango::withdrawals
