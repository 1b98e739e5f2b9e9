#include "deposits/search.hpp"

#include <algorithm>
#include <limits>

namespace lango::deposits {

namespace {

struct Bounds {
    std::int64_t from = 0;
    std::int64_t before = 0;
};

// Ids begin with their time.
Bounds bounds_of(const Search& search) {
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    Bounds bounds{.from = search.since ? id_floor(*search.since) : 0,
                  .before = search.until ? id_floor(*search.until) : last};
    if (search.before != 0) bounds.before = std::min(bounds.before, search.before);
    return bounds;
}

template <class T>
std::optional<std::string_view> text_or_any(const T& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>{text};
}

}  // namespace

Page search(store::Reader& reader, const Search& search) {
    const auto [from, before] = bounds_of(search);
    const auto state =
        search.state ? std::optional{static_cast<std::int64_t>(*search.state)} : std::nullopt;
    const auto amount = search.amount ? std::optional{search.amount->minor()} : std::nullopt;
    const auto phone = search.phone ? std::optional{search.phone->number()} : std::nullopt;
    std::vector<DepositId> ids;
    reader.each(
        "SELECT id FROM (SELECT id, state, merchant_id, amount, phone, receipt, label "
        "FROM deposits WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3) "
        "WHERE (?4 IS NULL OR state = ?4) AND (?5 IS NULL OR merchant_id = ?5) "
        "AND (?6 IS NULL OR amount = ?6) AND (?7 IS NULL OR phone = ?7) "
        "AND (?8 IS NULL OR receipt = ?8) AND (?9 IS NULL OR label = ?9) LIMIT ?10",
        [&](const store::Row& row) { ids.emplace_back(row.integer(0)); }, before, from, scanned_max,
        state, search.merchant, amount, phone, text_or_any(search.receipt),
        text_or_any(search.label), search.limit);
    Page page;
    for (const auto id : ids) {
        if (auto deposit = find(reader, id)) page.deposits.push_back(std::move(*deposit));
    }
    if (static_cast<std::int64_t>(ids.size()) == search.limit) {
        page.next = ids.back().value();
        return page;
    }
    // The first row that this page did not look at is the next one's first.
    page.next =
        reader
            .first(
                "SELECT id + 1 FROM deposits WHERE id < ?1 AND id >= ?2 "
                "ORDER BY id DESC LIMIT 1 OFFSET ?3",
                [](const store::Row& row) { return row.integer(0); }, before, from, scanned_max)
            .value_or(0);
    return page;
}

}  // namespace lango::deposits
