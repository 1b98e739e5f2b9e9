// The sandbox's demo merchant, as a merchant's own program would be: sells a few goods through the
// payment window, by redirect and in a frame, takes postbacks, checks every signature and shows how
// (web/shop). Orders and postbacks live in memory.
#pragma once
#include <deque>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "http/server.hpp"
#include "shop/order.hpp"
#include "shop/proofs.hpp"
#include "shop/received.hpp"

namespace lango::shop {

class Shop {
  public:
    Shop(asio::any_io_executor executor, Clock& clock, Random& random);
    // Binds to a port of 127.0.0.1; 0 takes a free one. Its base URL. Throws std::system_error.
    std::string listen(std::uint16_t port);
    // Once the merchant was created; before, nothing is sold and no signature holds.
    void open(Keys keys, Places places);
    // The newest one about that order.
    [[nodiscard]] std::optional<Received> find(const std::string& custom_transaction_id) const;
    [[nodiscard]] asio::awaitable<http::Response> handle(const http::Request& request) const;
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    void add_pages();
    [[nodiscard]] http::Response file(std::string_view name, const http::Request& request) const;
    [[nodiscard]] http::Response take(const http::Request& request);
    [[nodiscard]] http::Response order(const std::string& body);
    [[nodiscard]] http::Response show_shelf() const;
    [[nodiscard]] http::Response show_order(const std::string& id) const;

    Clock& clock_;
    IdSource ids_;
    Keys keys_;
    Places places_;
    std::deque<Order> orders_;       // newest first
    std::deque<Received> received_;  // newest first
    http::Router router_;
    http::Server server_;
};

}  // namespace lango::shop
