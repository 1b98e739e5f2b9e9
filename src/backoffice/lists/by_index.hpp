// Filters that an index answers, whatever the number of rows.
#pragma once
#include <vector>

#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

// Those whose rows count: the one that is named, or who asks, or all.
[[nodiscard]] std::vector<MerchantId> merchants_of(const Asked& asked);

// Of deposits and withdrawals: what was booked with it. A receipt that stood in suspense is the
// order's that it was given to.
[[nodiscard]] bool has_receipt(Asked& asked, const std::string& text);

}  // namespace lango::backoffice::lists
