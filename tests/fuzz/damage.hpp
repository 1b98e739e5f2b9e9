// JSON that is damaged on its way: bytes of another encoding, raw control characters, escapes that
// are none. It is read as it was sent, or not at all (docs/decisions/0026).
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lango::fuzz {

// What a first byte says of the damage; the place is a share of the text.
struct Damage {
    std::uint8_t kind;
    std::uint8_t place;
};

// Nothing where the place is inside an escape: what came of it could be a text of the sender's own.
inline std::optional<std::string> damaged(std::string_view text, Damage damage) {
    using namespace std::string_view_literals;
    static constexpr std::array kinds{"\xE9"sv, "\xC3"sv, "\x01"sv, "\t"sv,       "\\'"sv,
                                      "\\x"sv,  "\n"sv,   "\xFF"sv, "\xF0\x9F"sv, "\x80"sv};
    const auto place = text.size() * damage.place / 255;
    bool inside = false;
    for (std::size_t at = 0; at < place; ++at) {
        if (inside && text[at] == '\\') {
            if (++at == place) return std::nullopt;
        } else if (text[at] == '"') {
            inside = !inside;
        }
    }
    std::string out{text};
    return out.insert(place, kinds.at(damage.kind % kinds.size()));
}

}  // namespace lango::fuzz
