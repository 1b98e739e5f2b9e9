#include "base/terminal_text.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace lango {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// Controls, line ends, and what has no picture of its own (Unicode 15: general categories Cc, Cf,
// Zl and Zp; Default_Ignorable_Code_Point; and the fillers of Hangul, which are letters).
constexpr std::array hidden{
    Range{0x00, 0x1F},       Range{0x7F, 0x9F},       Range{0xAD, 0xAD},
    Range{0x034F, 0x034F},   Range{0x0600, 0x0605},   Range{0x061C, 0x061C},
    Range{0x06DD, 0x06DD},   Range{0x070F, 0x070F},   Range{0x0890, 0x0891},
    Range{0x08E2, 0x08E2},   Range{0x115F, 0x1160},   Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180F},   Range{0x200B, 0x200F},   Range{0x2028, 0x202E},
    Range{0x2060, 0x206F},   Range{0x3164, 0x3164},   Range{0xFE00, 0xFE0F},
    Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},   Range{0xFFF0, 0xFFFB},
    Range{0xFFFE, 0xFFFF},   Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD},
    Range{0x13430, 0x1343F}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A},
    Range{0xE0000, 0xE0FFF}};

bool is_hidden(char32_t code) {
    return std::ranges::any_of(
        hidden, [code](const Range& range) { return code >= range.first && code <= range.last; });
}

void escape(std::string& out, char32_t code) {
    static constexpr std::string_view digits = "0123456789abcdef";
    if (code > 0xFFFF) {
        escape(out, 0xD800 + ((code - 0x10000) >> 10U));
        escape(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
        return;
    }
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(code >> shift) & 15U];
}

}  // namespace

Character first_character(std::string_view text) {
    const auto [code, bytes] = utf8::first(text);
    if (bytes == 0) return {};
    return {.bytes = bytes, .code = code, .is_valid = true, .is_shown = !is_hidden(code)};
}

std::string terminal_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto character = first_character(text);
        out += character.is_shown ? text.substr(0, character.bytes) : std::string_view{"?"};
        text.remove_prefix(character.bytes);
    }
    return out;
}

std::string terminal_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const auto character = first_character(json);
        const bool blank = character.code == '\n' || character.code == '\t';
        if (!character.is_valid) {
            out += '?';
        } else if (character.is_shown || blank) {
            out += json.substr(0, character.bytes);
        } else if (character.code == '\r') {
            out += ' ';  // between tokens: in a text it would be escaped already
        } else {
            escape(out, character.code);
        }
        json.remove_prefix(character.bytes);
    }
    return out;
}

}  // namespace lango
