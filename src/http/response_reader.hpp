// Bytes to one ClientResponse, without sockets, with a limit on the body: Beast's parser for the
// head, a reader of our own for the body.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/body_reader.hpp"
#include "http/client_message.hpp"

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
    // How much of it was a head; 0 when there is none yet, or none at all.
    std::size_t feed_head(std::string_view received);
    void take_head();
    void judge_body();
    void fail(const std::string& why);

    bool head_;
    BodyReader body_;
    std::unique_ptr<Parser> parser_;
    bool head_done_ = false;
    std::size_t scanned_ = 0;  // of the head
    State state_ = State::reading;
    int interim_ = 0;
    std::string error_;
};

}  // namespace lango::http
