#include "base/trim.hpp"

#include <algorithm>
#include <array>

namespace lango {

namespace {

using namespace std::string_view_literals;

// In UTF-8, as they stand in a text.
constexpr std::array dropped{
    "\0"sv,
    "\t"sv,
    "\n"sv,
    "\v"sv,
    "\f"sv,
    "\r"sv,
    " "sv,
    "\xc2\x85"sv,      // U+0085 next line
    "\xc2\xa0"sv,      // U+00A0 no-break space
    "\xe1\x9a\x80"sv,  // U+1680
    "\xe1\xa0\x8e"sv,  // U+180E
    "\xe2\x80\x80"sv,  // U+2000 to U+200A: spaces of a given width
    "\xe2\x80\x81"sv,
    "\xe2\x80\x82"sv,
    "\xe2\x80\x83"sv,
    "\xe2\x80\x84"sv,
    "\xe2\x80\x85"sv,
    "\xe2\x80\x86"sv,
    "\xe2\x80\x87"sv,
    "\xe2\x80\x88"sv,
    "\xe2\x80\x89"sv,
    "\xe2\x80\x8a"sv,
    "\xe2\x80\x8b"sv,  // U+200B zero-width space
    "\xe2\x80\x8e"sv,  // U+200E left-to-right mark
    "\xe2\x80\xa8"sv,  // U+2028 and U+2029: line and paragraph
    "\xe2\x80\xa9"sv,
    "\xe2\x80\xaf"sv,  // U+202F
    "\xe2\x81\x9f"sv,  // U+205F
    "\xe3\x80\x80"sv,  // U+3000
    "\xef\xbb\xbf"sv,  // U+FEFF
};

template <class Fits>
std::size_t length_of(const Fits& fits) {
    const auto* found = std::ranges::find_if(dropped, fits);
    return found == dropped.end() ? 0 : found->size();
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    // Nearly every text: its ends are printable ASCII.
    const auto is_plain = [](char c) { return c > ' ' && c < '\x7f'; };
    if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
    while (const auto length =
               length_of([&](std::string_view blank) { return text.starts_with(blank); })) {
        text.remove_prefix(length);
    }
    while (const auto length =
               length_of([&](std::string_view blank) { return text.ends_with(blank); })) {
        text.remove_suffix(length);
    }
    return text;
}

}  // namespace lango
