// UTF-8 (RFC 3629), one character at a time.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lango::utf8 {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;  // 0: no character begins here (cut off, overlong, a surrogate)
};
// The one that a text begins with, which must not be empty.
[[nodiscard]] Character first(std::string_view text);

// Whether it is nothing but characters.
[[nodiscard]] bool is_whole(std::string_view text);

enum class Order { little_endian, big_endian };
// Of UTF-16 (RFC 2781) without its byte order mark. Nothing where half a character stands.
[[nodiscard]] std::optional<std::string> from_utf16(std::string_view bytes, Order order);

}  // namespace lango::utf8
