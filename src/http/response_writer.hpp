// One Response to the bytes that stand on the wire before its body. Beast's serializer costs more
// than the rest of an answer together (architecture 6), so this appends to one string.
#pragma once
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "http/message.hpp"

namespace lango::http {

// "Mon, 23 Nov 2026 20:00:00 GMT", made once a second.
class DateText {
  public:
    void refresh(std::chrono::sys_seconds now);
    [[nodiscard]] std::string_view view() const { return text_; }

  private:
    std::chrono::sys_seconds at_{std::chrono::seconds{-1}};
    std::string text_;
};

// 16 hex digits each; asks the generator once for many.
class RequestIds {
  public:
    explicit RequestIds(Random& random) : random_(random) {}
    [[nodiscard]] std::string next();

  private:
    Random& random_;
    std::array<unsigned char, 512> block_{};
    std::size_t used_ = 512;
};

struct Framing {
    bool keep_alive = true;
    bool http_1_0 = false;  // keeping alive must be said aloud
    bool head = false;      // the length stands, the body stays away
    bool https = false;     // callers come by it, and are told to come by nothing else (HSTS)
};

// True when the body goes out behind the head.
[[nodiscard]] bool has_body(const Response& response, const Framing& framing);
// Status line and header with the blank line. A header of the handler that is ours to write
// (Content-Length, Connection, Date, Transfer-Encoding, X-Request-Id) or that carries a line end is
// left out; Cache-Control, Content-Type and Content-Security-Policy of the handler's headers take
// the place of ours.
void append_head(std::string& out, const Response& response, const Framing& framing,
                 std::string_view date, std::string_view request_id);
// The server's own answer to what no handler sees: {"status":"fail","message":REASON}.
[[nodiscard]] Response failure(int status, std::string_view message);
[[nodiscard]] Response failure(int status);

}  // namespace lango::http
