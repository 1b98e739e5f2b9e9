// What the incumbent's framework takes off both ends of every text that is sent: Laravel's
// TrimStrings, which is PHP's \s with the u flag (every blank and line end of Unicode), the bytes
// of PHP's trim(), and the invisible U+FEFF, U+200B and U+200E.
#pragma once
#include <string_view>

namespace lango {

// Part of `text`, which is UTF-8.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace lango
