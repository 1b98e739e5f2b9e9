#include "rails/daraja/token.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/decimal.hpp"
#include "base/json_repair.hpp"
#include "base/redact.hpp"

namespace lango::rails::daraja {

using namespace std::chrono_literals;

namespace {

constexpr auto usual_life = 3599s;
constexpr std::size_t failure_max = 200;

// A text in most answers, a number in some (daraja.md 2). What makes no sense is not believed.
std::chrono::seconds life_of(const json::Value* expires) {
    const auto* text = expires == nullptr ? nullptr : expires->scalar_text();
    const auto seconds = text == nullptr ? std::nullopt : Decimal::parse(*text);
    if (!seconds || seconds->scale() != 0) return usual_life;
    const bool sensible = seconds->units() > 0 && seconds->units() <= 24 * 3600;
    return sensible ? std::chrono::seconds{seconds->units()} : usual_life;
}

}  // namespace

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
    timer->expires_at(clock_.now() + get_max);
    waiting_.push_back(timer.get());
    static_cast<void>(co_await timer->wait());
    std::erase(waiting_, timer.get());
}

asio::awaitable<void> TokenSource::fetch() {
    fetching_ = true;
    ++fetches_;
    std::exception_ptr broken;
    try {
        co_await ask();
    } catch (...) {
        broken = std::current_exception();
    }
    // Whoever waits learns of the end, whatever it is.
    fetching_ = false;
    for (auto* timer : std::exchange(waiting_, {})) timer->cancel();
    if (broken) std::rethrow_exception(broken);
}

asio::awaitable<void> TokenSource::ask() {
    const auto response = co_await client_.send({.method = http::Method::get,
                                                 .url = url_,
                                                 .headers = {{"Authorization", authorization_}},
                                                 .body = {},
                                                 .timeout = 15s,
                                                 .guard_address = guard_address_});
    failure_ = !response ? redact(response.error().message)
                         : "status " + std::to_string(response->status) + ", " +
                               redact(response->body.substr(0, failure_max));
    refuses_us_ = response && (response->status == 400 || response->status == 401);
    if (response && response->status == 200) {
        const auto body = json::parse_leniently(response->body);
        const auto* token = body ? body->find("access_token") : nullptr;
        const auto* expires = body ? body->find("expires_in") : nullptr;
        if (token != nullptr && token->string() != nullptr && !token->string()->empty()) {
            const auto life = life_of(expires);
            token_ = Secret{*token->string()};
            good_until_ = clock_.now() + std::max<std::chrono::seconds>(life - 60s, life / 2);
        }
    }
}

}  // namespace lango::rails::daraja
