// What the validation of texts counts.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

namespace lango::api {

// Characters of UTF-8, as Laravel's max counts them.
[[nodiscard]] inline std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Of label and custom_transaction_id: the page's Max Length.
inline constexpr std::size_t text_max = 190;

}  // namespace lango::api
