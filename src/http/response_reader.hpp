// Bytes to one ClientResponse, without sockets, with a limit on the body.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/client.hpp"

namespace lango::http {

class ResponseReader {
  public:
    // truncated: body_max bytes of the body have come and more would: read no further.
    enum class State { reading, complete, truncated, failed };

    // head: the answer to HEAD, which has no body whatever its Content-Length says.
    ResponseReader(std::size_t body_max, bool head);
    ~ResponseReader();
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    // Consumes from the front of what has been received and returns how much; the rest is to be
    // offered again with more behind. Interim answers (1xx) are skipped.
    std::size_t feed(std::string_view received);
    // The peer closed: completes an answer that only the end of the connection ends, fails any
    // other.
    void end();
    [[nodiscard]] State state() const { return state_; }
    // Whether the connection may carry another request.
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] ClientResponse take();
    [[nodiscard]] const std::string& error() const { return error_; }

  private:
    class Parser;
    void start();
    void finish();

    std::size_t body_max_;
    bool head_;
    std::unique_ptr<Parser> parser_;
    State state_ = State::reading;
    int interim_ = 0;
    std::string error_;
};

}  // namespace lango::http
