// UTF-8 (RFC 3629), one character at a time.
#pragma once
#include <cstddef>
#include <string_view>

namespace lango::utf8 {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;  // 0: no character begins here (cut off, overlong, a surrogate)
};
// The one that a text begins with, which must not be empty.
[[nodiscard]] Character first(std::string_view text);

}  // namespace lango::utf8
