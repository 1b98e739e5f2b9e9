// Addresses that are spoken to in clear.
#pragma once
#include <string_view>

namespace lango::merchants {

// An http:// URL whose host is not this machine: what goes there can be read on the way.
[[nodiscard]] bool is_plain_outside(std::string_view url);
inline constexpr std::string_view plain_postback_warning =
    "postback-url is http://: whoever is on the way can read and change what the merchant is told; "
    "an https:// address cannot be listened to";

}  // namespace lango::merchants
