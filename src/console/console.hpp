// The browser's door: sessions, second factors, the files of web/console, and the use cases of
// src/backoffice by the session's person. It answers to one name, that of its public URL, and to
// its own pages alone (guard.hpp).
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <span>
#include <string>

#include "backoffice/routes.hpp"
#include "http/asset.hpp"
#include "http/message.hpp"
#include "people/browser_sessions.hpp"

namespace lango::console {

namespace asio = boost::asio;

struct Options {
    std::string public_url;  // "https://console.example.co.ke", without a slash at its end
    people::SessionLimits sessions{};
    bool is_sandbox = false;
    std::string version;
    std::span<const http::Asset> files{};  // of web/console
};

struct Parts {
    std::shared_ptr<const backoffice::AdminParts> backoffice;
    asio::any_io_executor executor;
    asio::any_io_executor hashing;  // where passwords are hashed, beside the loop
};

class Console {
  public:
    Console(Parts parts, Options options);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    [[nodiscard]] asio::awaitable<http::Response> answer(const http::Request& request);
    // Lets go of the pages that wait for news.
    void stop_waiting();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::console
