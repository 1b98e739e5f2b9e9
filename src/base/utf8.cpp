#include "base/utf8.hpp"

#include "base/result.hpp"

namespace lango::utf8 {

namespace {

void append(std::string& out, char32_t code) {
    const auto piece = [&](char32_t lead, unsigned shift) {
        out += static_cast<char>(lead | (code >> shift));
    };
    const auto more = [&](unsigned shift) {
        out += static_cast<char>(0x80U | (code >> shift & 0x3FU));
    };
    if (code < 0x80) {
        piece(0, 0);
    } else if (code < 0x800) {
        piece(0xC0, 6);
        more(0);
    } else if (code < 0x10000) {
        piece(0xE0, 12);
        more(6);
        more(0);
    } else {
        piece(0xF0, 18);
        more(12);
        more(6);
        more(0);
    }
}

}  // namespace

Character first(std::string_view text) {
    LANGO_ASSERT(!text.empty());
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const char32_t lead = byte(0);
    if (lead < 0x80) return {.code = lead, .bytes = 1};
    const std::size_t bytes = lead < 0xC2   ? 0
                              : lead < 0xE0 ? 2
                              : lead < 0xF0 ? 3
                              : lead < 0xF5 ? 4
                                            : 0;
    if (bytes == 0 || text.size() < bytes) return {};
    char32_t code = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code = code << 6U | (byte(i) & 0x3FU);
    }
    constexpr char32_t last = 0x10FFFF;
    const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (overlong || surrogate || code > last) return {};
    return {.code = code, .bytes = bytes};
}

bool is_whole(std::string_view text) {
    while (!text.empty()) {
        const auto next = first(text);
        if (next.bytes == 0) return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

std::optional<std::string> from_utf16(std::string_view bytes, Order order) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    const auto unit = [&](std::size_t i) -> char32_t {
        const auto at = [&](std::size_t place) {
            return static_cast<char32_t>(static_cast<unsigned char>(bytes[place]));
        };
        return order == Order::little_endian ? at(i) | at(i + 1) << 8U : at(i) << 8U | at(i + 1);
    };
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        auto code = unit(i);
        if (code >= 0xD800 && code < 0xE000) {
            const auto low = i + 2 < bytes.size() ? unit(i + 2) : 0;
            if (code >= 0xDC00 || low < 0xDC00 || low >= 0xE000) return std::nullopt;
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            i += 2;
        }
        append(out, code);
    }
    return out;
}

}  // namespace lango::utf8
