// The body of an answer whose end nobody knows yet, such as server-sent events.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

namespace lango::http {

// Asked by its connection alone, one piece at a time. That the caller has gone is seen only when
// a piece is written: who waits long sends something empty of meaning now and then.
class Stream {
  public:
    virtual ~Stream() = default;
    // The next piece; nothing at the end.
    [[nodiscard]] virtual boost::asio::awaitable<std::optional<std::string>> next() = 0;
};

}  // namespace lango::http
