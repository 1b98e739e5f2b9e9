// What a merchant's server answered, as it can be kept and shown: valid UTF-8, at most answer_max
// bytes, no control characters but new line and tab. What is not becomes "?".
#pragma once
#include <string>
#include <string_view>

namespace lango::postbacks {

inline constexpr std::size_t answer_max = 2048;

[[nodiscard]] std::string readable(std::string_view answer);

}  // namespace lango::postbacks
