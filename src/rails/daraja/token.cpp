#include "rails/daraja/token.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/decimal.hpp"
#include "base/json.hpp"

namespace lango::rails::daraja {

using namespace std::chrono_literals;

TokenSource::TokenSource(http::Client& client, Clock& clock, std::string base_url,
                         Secret consumer_key, Secret consumer_secret, bool guard_address)
    : client_(client),
      clock_(clock),
      url_(std::move(base_url) + "/oauth/v1/generate?grant_type=client_credentials"),
      authorization_("Basic " +
                     crypto::base64(consumer_key.reveal() + ":" + consumer_secret.reveal())),
      guard_address_(guard_address) {}

asio::awaitable<std::optional<Secret>> TokenSource::get() {
    if (clock_.now() >= good_until_) {
        if (fetching_) {
            co_await wait_for_fetch();
        } else {
            co_await fetch();
        }
    }
    if (token_.empty() || clock_.now() >= good_until_) co_return std::nullopt;
    co_return token_;
}

void TokenSource::refused(const Secret& token) {
    if (token == token_) good_until_ = Instant{};
}

asio::awaitable<void> TokenSource::wait_for_fetch() {
    const auto timer = clock_.timer();
    timer->expires_at(clock_.now() + 30s);
    waiting_.push_back(timer.get());
    static_cast<void>(co_await timer->wait());
    std::erase(waiting_, timer.get());
}

asio::awaitable<void> TokenSource::fetch() {
    fetching_ = true;
    ++fetches_;
    const auto response = co_await client_.send({.method = http::Method::get,
                                                 .url = url_,
                                                 .headers = {{"Authorization", authorization_}},
                                                 .body = {},
                                                 .timeout = 15s,
                                                 .guard_address = guard_address_});
    if (response && response->status == 200) {
        const auto body = json::parse(response->body);
        const auto* token = body ? body->find("access_token") : nullptr;
        const auto* expires = body ? body->find("expires_in") : nullptr;
        if (token != nullptr && token->string() != nullptr && !token->string()->empty()) {
            // A string in most answers, a number in some (daraja.md 2).
            const auto* text = expires == nullptr ? nullptr : expires->scalar_text();
            const auto seconds = text == nullptr ? std::nullopt : Decimal::parse(*text);
            const auto life = seconds && seconds->scale() == 0 && seconds->units() > 0
                                  ? std::chrono::seconds{seconds->units()}
                                  : 3599s;
            token_ = Secret{*token->string()};
            good_until_ = clock_.now() + std::max<std::chrono::seconds>(life - 60s, life / 2);
        }
    }
    fetching_ = false;
    for (auto* timer : std::exchange(waiting_, {})) timer->cancel();
}

}  // namespace lango::rails::daraja
