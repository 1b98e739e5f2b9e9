#include "bench/http_text.hpp"

#include <charconv>

namespace lango::bench {

std::optional<HttpText> first_message(std::string_view buffer) {
    static constexpr std::string_view end_of_head = "\r\n\r\n";
    static constexpr std::string_view length = "Content-Length: ";
    const auto end = buffer.find(end_of_head);
    if (end == buffer.npos) return std::nullopt;
    const auto head = buffer.substr(0, end + end_of_head.size());
    std::size_t size = 0;
    if (const auto at = head.find(length); at != head.npos) {
        std::from_chars(head.data() + at + length.size(), head.data() + head.size(), size);
    }
    if (buffer.size() < head.size() + size) return std::nullopt;
    return HttpText{.head = head, .body = buffer.substr(head.size(), size)};
}

}  // namespace lango::bench
