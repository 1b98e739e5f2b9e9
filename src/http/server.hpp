// The HTTP/1.1 server: listeners on TCP and local sockets, one coroutine a connection, limits and
// deadlines, answers written into one buffer. Runs on one executor (one thread).
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "http/router.hpp"

namespace lango::http {

struct ServerOptions {
    std::size_t body_max = std::size_t{64} * 1024;   // larger: 413 and the connection closes
    std::size_t header_max = std::size_t{8} * 1024;  // larger: 431
    Duration header_timeout =
        std::chrono::seconds{15};  // from the first byte of a request to the end of its header
    Duration body_timeout = std::chrono::seconds{15};
    Duration idle_timeout = std::chrono::seconds{60};  // between requests
    std::size_t connections_max = 20'000;              // further ones are closed at accept
    // The same for one address, so that no caller takes every place; of IPv6 for each of its
    // networks (networks.hpp). Not for trusted proxies, who stand for many. 0: no limit.
    std::size_t connections_per_address_max = 0;
    // Addresses whose X-Forwarded-For is believed (last untrusted hop counts); "local": who comes
    // through a local socket.
    std::vector<std::string> trusted_proxies;
    // Callers come by https, through a proxy: every answer says so (HSTS).
    bool https = false;
    // Called once per answered request, refused ones included (with what was read of them): for
    // logs and metrics.
    std::function<void(const Request&, const Response&, Duration taken)> observe;
    // Called with the text of an exception that came out of the service (answered 500).
    std::function<void(const Request&, const std::string& what)> failed;
    // Body for errors that the server itself answers (400, 408, 413, 414, 431, 503, 500); default:
    // {"status":"fail","message":REASON}
};

class Server {
  public:
    Server(asio::any_io_executor executor, ServerOptions options, Service service, Random& random);
    ~Server();
    // Binds and starts to accept; returns the port (port 0: a free one). Throws std::system_error
    // with the address in its text when it cannot.
    std::uint16_t listen_tcp(const std::string& address, std::uint16_t port);
    // The same without accepting: who connects waits, unanswered and not refused, until begin().
    std::uint16_t bind_tcp(const std::string& address, std::uint16_t port);
    void begin();
    // A Unix socket, mode 0600; a stale file is replaced.
    void listen_local(const std::string& path);
    // Stops accepting, lets requests in flight be answered (Connection: close), closes idle
    // connections, returns when all are gone or the deadline passed (then the rest is cut: a
    // handler that still runs ends on its own, its answer goes nowhere).
    [[nodiscard]] asio::awaitable<void> stop(Duration deadline);
    [[nodiscard]] std::size_t connections() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::http
