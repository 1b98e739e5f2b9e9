// HTTP/1.1 messages with a Content-Length, cut out of a stream.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace lango::bench {

struct HttpText {
    std::string_view head;
    std::string_view body;
    [[nodiscard]] std::size_t size() const { return head.size() + body.size(); }
};

// The first whole message in the buffer; nothing while it is incomplete. Points into the buffer.
[[nodiscard]] std::optional<HttpText> first_message(std::string_view buffer);

}  // namespace lango::bench
