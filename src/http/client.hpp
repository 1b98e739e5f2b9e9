// The port through which the gateway calls others. The real client keeps connections alive
// (beast_client.hpp); the simulated one delivers to services in the same thread.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "http/client_message.hpp"

namespace lango::http {

namespace asio = boost::asio;

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
