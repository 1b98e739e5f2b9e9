// The port through which the gateway calls others. The real client keeps connections alive
// (beast_client.hpp); the simulated one delivers to services in the same thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/message.hpp"

namespace lango::http {

namespace asio = boost::asio;

struct ClientRequest {
    Method method = Method::post;
    std::string url;  // http(s)://host[:port]/path?query
    std::vector<std::pair<std::string, std::string>>
        headers;  // Host and Content-Length come by themselves
    std::string body;
    Duration timeout =
        std::chrono::seconds{10};  // the whole exchange, waiting for a connection included
    std::size_t body_max =
        std::size_t{64} * 1024;  // of the answer; what is longer is cut and flagged
    bool guard_address =
        true;  // refuse private and loopback targets unless the installation allows them
};

struct ClientResponse {
    int status = 0;
    Headers headers;
    std::string body;
    bool truncated = false;
};

// Whether the request may have reached the other side. not_sent is certain: nothing of the request
// was written to a connection that the peer could read whole. unknown is everything else.
enum class Reached { not_sent, unknown };

struct ClientError {
    Reached reached = Reached::unknown;
    std::string
        message;  // for logs and the attempt's record: "connect: connection refused", "timeout"
};

class Client {
  public:
    virtual ~Client() = default;
    // Never follows redirects, never repeats a request that may have been received; a request that
    // met a kept-alive connection the peer had closed already, before any byte of an answer, is
    // sent again on a new connection only if it is GET (others answer unknown), so the pool must
    // check an idle connection for closure before it writes.
    [[nodiscard]] virtual asio::awaitable<Result<ClientResponse, ClientError>> send(
        ClientRequest request) = 0;
};

}  // namespace lango::http
