#include "postbacks/readable.hpp"

namespace lango::postbacks {

namespace {

// The bytes of the character that text begins with; 0 when it begins with none (RFC 3629).
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    }
    const auto second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second > 0x9F;
    const bool too_large = first == 0xF4 && second > 0x8F;
    return overlong || surrogate || too_large ? 0 : length;
}

// Controls, and the marks that let a text look like another one (U+202A..E, U+2066..9).
bool shown(std::string_view text) {
    if (text.size() == 1) {
        return (text[0] >= 0x20 && text[0] != 0x7F) || text[0] == '\n' || text[0] == '\t';
    }
    const bool c1 = text.size() == 2 && text[0] == '\xC2' && text[1] < '\xA0';
    const bool embedding = text >= "\u202A" && text <= "\u202E";
    const bool isolate = text >= "\u2066" && text <= "\u2069";
    return !c1 && !embedding && !isolate;
}

}  // namespace

std::string readable(std::string_view answer) {
    std::string out;
    while (!answer.empty()) {
        const auto length = character(answer);
        const auto text = length > 0 && shown(answer.substr(0, length)) ? answer.substr(0, length)
                                                                        : std::string_view{"?"};
        if (out.size() + text.size() > answer_max) break;
        out += text;
        answer.remove_prefix(length > 0 ? length : 1);
    }
    return out;
}

}  // namespace lango::postbacks
