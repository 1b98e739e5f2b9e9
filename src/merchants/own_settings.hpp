// Which settings of a merchant its own people may change: where it is reached and what its payers
// see after they have paid. What money costs, limits, and who must approve are the operator's.
#pragma once
#include <string>
#include <string_view>

namespace lango::merchants {

[[nodiscard]] bool is_their_own(std::string_view setting);
// "postback-url, time-zone, ..."
[[nodiscard]] std::string own_settings_text();

}  // namespace lango::merchants
