// The real HTTP client: per-origin pools of keep-alive connections, TLS with verification and
// session resumption, deadlines, the address guard on the address connected to.
// Runs on one executor (one thread).
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "http/address_guard.hpp"
#include "http/client.hpp"

namespace lango::http {

struct BeastClientOptions {
    std::size_t connections_per_origin_max = 64;  // further requests to that origin wait their turn
    Duration idle_max = std::chrono::seconds{30};
    AddressGuard guard = {};
    std::string ca_file = {};  // PEM; empty: the system's
    std::string user_agent = "Lango";
};

class BeastClient final : public Client {
  public:
    BeastClient(asio::any_io_executor executor, BeastClientOptions options);
    ~BeastClient() override;
    asio::awaitable<Result<ClientResponse, ClientError>> send(ClientRequest request) override;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::http
