// Bytes to one Request, without sockets: Beast's parser for the head, behind the checks that Beast
// 1.81 leaves out, and a reader of our own for the body. Whatever two readers of HTTP could
// understand differently (request smuggling) is refused, never repaired: Content-Length with
// Transfer-Encoding or twice, Transfer-Encoding other than "chunked" or in HTTP/1.0, folded header
// lines, bare LF, several Hosts.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "http/body_reader.hpp"
#include "http/message.hpp"

namespace lango::http {

class RequestReader {
  public:
    struct Limits {
        std::size_t header_max;
        std::size_t body_max;
    };
    enum class State { header, body, complete, refused };

    explicit RequestReader(Limits limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    // Consumes from the front of what has been received and returns how much. Bytes of a header
    // count as consumed only when it is complete: offer them again, with more behind. Nothing is
    // consumed once complete.
    std::size_t feed(std::string_view received);
    [[nodiscard]] State state() const { return state_; }
    // The status to refuse with: 400, 413, 414, 417, 431, 501, 505.
    [[nodiscard]] int refusal() const { return refusal_; }
    // The header asks for "100 Continue" before its body. True once.
    [[nodiscard]] bool take_expectation();
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool is_http_1_0() const;
    // What is known so far; host, path and query once the header is complete.
    [[nodiscard]] Request& request();
    // Ready for the next one.
    void reset();

  private:
    class Parser;
    std::size_t feed_header(std::string_view received);
    std::size_t feed_body(std::string_view received);
    // The length of the header with its blank line; 0 when it is not whole or refused.
    std::size_t find_header_end(std::string_view received);
    void judge_body();
    void refuse(int status);

    Limits limits_;
    BodyReader body_;
    std::unique_ptr<Parser> parser_;
    State state_ = State::header;
    // Of the header, so that a slow sender costs no more than a fast one: whole lines, and what has
    // no line end.
    std::size_t scanned_ = 0;
    std::size_t searched_ = 0;
    int refusal_ = 0;
    bool expects_continue_ = false;
};

}  // namespace lango::http
