// Filters that an index answers, whatever the number of rows.
#pragma once
#include <vector>

#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

// Those whose rows count: the one that is named, or who asks, or all.
[[nodiscard]] std::vector<MerchantId> merchants_of(const Asked& asked);

// Column 0 of what a statement finds.
template <class... P>
[[nodiscard]] std::vector<std::int64_t> ids_of(const Asked& asked, store::Sql sql,
                                               const P&... params) {
    std::vector<std::int64_t> ids;
    asked.reader.each(
        sql, [&](const store::Row& row) { ids.push_back(row.integer(0)); }, params...);
    return ids;
}

// By what the merchant calls it: of each merchant (?1, and ?2 the name) there is an index.
void only_theirs(Asked& asked, store::Sql sql, const std::string& text);

// Of deposits and withdrawals: what was booked with it. A receipt that stood in suspense is the
// order's that it was given to.
[[nodiscard]] bool has_receipt(Asked& asked, const std::string& text);

}  // namespace lango::backoffice::lists
