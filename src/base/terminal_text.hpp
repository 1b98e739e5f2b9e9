// Others' text made safe to show. A terminal obeys control characters, and marks of direction and
// characters without a picture let one text look like another; none of them comes through here.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace lango {

// The character that a text begins with.
struct Character {
    std::size_t bytes = 1;  // 1 where the text begins with none
    char32_t code = 0;
    bool is_valid = false;  // well-formed UTF-8 (RFC 3629)
    // It has a picture, or is a blank: neither a control (C0, DEL, C1), nor a mark of direction,
    // nor invisible (Unicode's format characters, variation selectors, fillers).
    bool is_shown = false;
};
// text must not be empty.
[[nodiscard]] Character first_character(std::string_view text);

// One line: "?" for each character that is not shown, new lines and tabs too, and for each byte
// that is no UTF-8.
[[nodiscard]] std::string terminal_text(std::string_view text);

// The same for JSON, which stays the same JSON: what is not shown is escaped, as \u009b. Blanks
// between its tokens stay. Bytes that are no UTF-8 become "?".
[[nodiscard]] std::string terminal_json(std::string_view json);

}  // namespace lango
