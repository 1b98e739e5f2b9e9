// The OAuth token of one app, shared by everyone and fetched by one at a time: each new token may
// void the last (daraja.md, section 2).
#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "http/client.hpp"

namespace lango::rails::daraja {

class TokenSource {
  public:
    TokenSource(http::Client& client, Clock& clock, std::string base_url, Secret consumer_key,
                Secret consumer_secret, bool guard_address);
    // The token in force, fetched when there is none or it has less than 60 s to live. Callers that
    // come meanwhile wait for the same answer. Nothing when the rail gives none.
    [[nodiscard]] asio::awaitable<std::optional<Secret>> get();
    // How long get() takes at most, for who waits for another's question.
    static constexpr Duration get_max = std::chrono::seconds{30};
    // The rail refused this token: the next get() fetches another, unless that has happened
    // already.
    void refused(const Secret& token);
    [[nodiscard]] std::uint64_t fetches() const { return fetches_; }
    // What the last fetch was answered, redacted; for logs, when get() gave nothing.
    [[nodiscard]] const std::string& failure() const { return failure_; }
    // The last fetch was refused for the key or secret, which only a person can mend.
    [[nodiscard]] bool refuses_us() const { return refuses_us_; }

  private:
    asio::awaitable<void> fetch();
    asio::awaitable<void> ask();
    asio::awaitable<void> wait_for_fetch();

    http::Client& client_;
    Clock& clock_;
    std::string url_;
    std::string authorization_;
    bool guard_address_;
    Secret token_;
    Instant good_until_{};
    std::string failure_;
    bool refuses_us_ = false;
    bool fetching_ = false;
    std::vector<Timer*> waiting_;
    std::uint64_t fetches_ = 0;
};

}  // namespace lango::rails::daraja
