// One app on the Daraja portal: its credentials, the token they give, and requests made with it.
// Whatever uses the same app uses the same object: each new token may void the last.
#pragma once
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "http/client.hpp"
#include "rails/daraja/token.hpp"

namespace lango::rails::daraja {

struct AppOptions {
    std::string base_url;  // "https://api.safaricom.co.ke", no slash at the end
    Secret consumer_key;
    Secret consumer_secret;
    Duration timeout = std::chrono::seconds{20};
    bool guard_address = true;
};

class App {
  public:
    App(AppOptions options, http::Client& client, Clock& clock)
        : options_(std::move(options)),
          client_(client),
          token_(client, clock, options_.base_url, options_.consumer_key, options_.consumer_secret,
                 options_.guard_address) {}

    using Answer = Result<http::ClientResponse, http::ClientError>;
    // With the token; refreshed and repeated once when the rail refuses it. Nothing: no token could
    // be had, so that nothing was sent.
    [[nodiscard]] asio::awaitable<std::optional<Answer>> post(std::string path, std::string body) {
        return post(std::move(path), std::move(body), options_.timeout);
    }
    [[nodiscard]] asio::awaitable<std::optional<Answer>> post(std::string path, std::string body,
                                                              Duration timeout);
    // Whether there is a token, fetched if need be.
    [[nodiscard]] asio::awaitable<bool> has_token() {
        const auto token = co_await token_.get();
        co_return token.has_value();
    }
    [[nodiscard]] const TokenSource& token() const { return token_; }
    // Longer than post() takes with that timeout: a token and a request, twice.
    [[nodiscard]] static constexpr Duration post_max(Duration timeout) {
        return 2 * (TokenSource::get_max + timeout);
    }

  private:
    AppOptions options_;
    http::Client& client_;
    TokenSource token_;
};

}  // namespace lango::rails::daraja
