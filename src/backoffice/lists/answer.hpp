// The handlers of lists, for the table of use cases.
#pragma once
#include "backoffice/lists/noun.hpp"
#include "backoffice/use_case.hpp"

namespace lango::backoffice::lists {

// A page. Of a merchant's own person only what is that merchant's.
[[nodiscard]] Answer answer(SharedParts parts, Call call, const Noun& noun);

}  // namespace lango::backoffice::lists
