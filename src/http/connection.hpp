// One connection of the client, plain or TLS. It carries one exchange at a time.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/input_buffer.hpp"
#include "http/tls.hpp"

namespace lango::http {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

class Connection {
  public:
    // session: where TLS sessions of this origin are kept.
    Connection(const asio::any_io_executor& executor, std::shared_ptr<TlsSession> session);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    static asio::awaitable<ErrorCode> connect(Connection& self, asio::ip::tcp::endpoint endpoint);
    // The error as text, empty when it went well.
    static asio::awaitable<std::string> handshake(Connection& self, TlsContext& tls,
                                                  const std::string& host);

    struct Written {
        ErrorCode error;
        bool anything = false;  // a byte may have reached the peer
    };
    static asio::awaitable<Written> write(Connection& self, std::string_view bytes);
    // Reads more into input(). The end of the connection is asio::error::eof, with TLS also
    // when the peer did not say so.
    static asio::awaitable<ErrorCode> read(Connection& self);

    // Of an idle connection: whatever is there to read, the end or a byte nobody asked for, spoils
    // it.
    [[nodiscard]] bool is_still_open();
    // Has carried an exchange before.
    [[nodiscard]] bool was_used() const { return used_; }
    void mark_used() { used_ = true; }
    [[nodiscard]] InputBuffer& input() { return input_; }
    // Ends what waits for this connection with an error; any number of times.
    void close();

  private:
    asio::ip::tcp::socket socket_;
    std::shared_ptr<TlsSession> session_;
    std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
    InputBuffer input_;
    bool used_ = false;
};

// "connection refused": as a log has it.
[[nodiscard]] std::string text_of(const ErrorCode& error);

}  // namespace lango::http
