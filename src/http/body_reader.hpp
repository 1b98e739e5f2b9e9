// The body of a message, request or answer, byte by byte and without sockets: of a known size, in
// chunks (RFC 9112 section 7.1), or up to the end of the connection. It consumes all that it is
// given, so that how the bytes fall into pieces makes no difference and a slow sender costs no more
// than a fast one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lango::http {

class BodyReader {
  public:
    // overfull: body_max bytes have come and more would.
    enum class State { reading, complete, overfull, failed };

    // aside_max: bytes of all chunk extensions and trailers together, which say nothing to us.
    BodyReader(std::size_t body_max, std::size_t aside_max)
        : body_max_(body_max), aside_max_(aside_max) {}

    void begin_sized(std::uint64_t size);
    void begin_chunked();
    void begin_open();  // ends with the connection

    // Appends to body, which holds nothing else, and returns how much of received it consumed: all
    // of it, but what follows the message's end.
    std::size_t feed(std::string_view received, std::string& body);
    // The connection has ended.
    void end();
    [[nodiscard]] State state() const { return state_; }
    // The bytes that the sender has announced and not yet sent.
    [[nodiscard]] std::uint64_t announced() const {
        return step_ == Step::sized || step_ == Step::data ? left_ : 0;
    }

  private:
    enum class Step {
        sized,
        open,
        size_begin,
        size,
        blank,
        extension,
        quoted,
        escaped,
        line_end,
        data,
        data_cr,
        data_lf,
        trailer_begin,
        trailer_name,
        trailer_value,
        trailer_end,
        last_end
    };
    std::size_t take(std::string_view received, std::string& body);
    [[nodiscard]] Step next(char c);
    [[nodiscard]] Step after_size(char c);
    [[nodiscard]] Step inside_extension(char c);
    [[nodiscard]] Step inside_trailer(char c);
    [[nodiscard]] Step expect(char c, char wanted, Step then);
    Step digit(char c);
    Step fail();

    std::size_t body_max_;
    std::size_t aside_max_;
    State state_ = State::complete;
    Step step_ = Step::sized;
    std::uint64_t left_ = 0;  // of the body or the chunk
    int digits_ = 0;
    std::size_t aside_ = 0;
};

}  // namespace lango::http
