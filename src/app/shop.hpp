// The sandbox's demo merchant: takes postbacks as a merchant's own program would, checks their
// signature, and shows the last ones on a page.
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "http/server.hpp"

namespace lango::app {

class Shop {
  public:
    struct Received {
        Instant at;
        std::string custom_transaction_id;
        std::string receipt;
        std::string amount;
        bool signature_verified = false;
    };

    Shop(asio::any_io_executor executor, Clock& clock, Random& random);
    // Binds to a port of 127.0.0.1; 0 takes a free one. Its base URL. Throws std::system_error.
    std::string listen(std::uint16_t port);
    // What signatures are checked with; known once the merchant was created.
    void set_keys(std::string access_key, std::string private_access_key);
    [[nodiscard]] std::optional<Received> find(const std::string& custom_transaction_id) const;
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    [[nodiscard]] http::Response take(const std::string& body);
    [[nodiscard]] http::Response page() const;
    [[nodiscard]] bool verified(const std::string& body) const;

    Clock& clock_;
    std::string access_key_;
    std::string private_access_key_;
    std::deque<Received> received_;  // newest first
    http::Router router_;
    http::Server server_;
};

}  // namespace lango::app
