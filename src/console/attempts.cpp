// How often it may be tried to be somebody, and how passwords are hashed.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/json_writer.hpp"
#include "console/desk.hpp"
#include "console/guard.hpp"
#include "http/networks.hpp"
#include "people/passwords.hpp"

namespace lango::console {

namespace {

constexpr int free_of_name = 5;
constexpr int free_of_address = 20;  // many may share one
constexpr std::size_t hashes_waiting_max = 16;
constexpr std::string_view known_purpose = "console browser";
constexpr std::string_view known_lasts = "; Max-Age=15552000";  // 180 days
constexpr std::size_t nonce_length = 16;

http::Response slow_down(Duration wait) {
    auto refused = refuse(Refusal::slow_down);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    json::Writer writer{refused.body};
    refused.body.clear();
    writer.begin_object()
        .member("status", "fail")
        .member("code", backoffice::code(Refusal::slow_down))
        .member("message", "Too many attempts failed: wait before the next one.")
        .member("retry_after_s", seconds)
        .end_object();
    refused.headers.emplace_back("Retry-After", std::to_string(seconds));
    return refused;
}

// "amina~NONCE~TOKEN": the nonce, where the token is of both.
std::string known_nonce(const Desk& desk, const Visit& visit, std::string_view name) {
    const auto value = cookie(visit.request, known_cookie);
    const std::string_view rest = value;
    const auto prefix = std::string{name} + "~";
    if (!rest.starts_with(prefix) || rest.size() < prefix.size() + nonce_length + 1) return {};
    const std::string nonce{rest.substr(prefix.size(), nonce_length)};
    const auto token = rest.substr(prefix.size() + nonce_length + 1);
    return desk.master().is_token(known_purpose, prefix + nonce, token) ? nonce : std::string{};
}

// Counted for as long as it waits or runs.
class Place {
  public:
    explicit Place(std::size_t& count) : count_(count) { ++count_; }
    ~Place() { --count_; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

  private:
    std::size_t& count_;
};

asio::awaitable<bool> check_there(std::string hash, Secret password) {
    co_return people::is_password(hash, password);
}

asio::awaitable<std::string> hash_there(Secret password) {
    co_return people::hash_password(password);
}

}  // namespace

std::vector<people::Counter> counters(const Desk& desk, const Visit& visit, std::string_view what,
                                      std::string_view name) {
    const auto nonce = known_nonce(desk, visit, name);
    const auto prefix = std::string{what} + (nonce.empty() ? " name " : " browser " + nonce + " ");
    std::vector<people::Counter> all{{.what = prefix + std::string{name}, .free = free_of_name}};
    for (const auto& network : http::networks(visit.request.peer)) {
        all.push_back({.what = "address " + network.key,
                       .free = free_of_address * network.factor,
                       .is_shared = true});
    }
    return all;
}

asio::awaitable<std::optional<http::Response>> begin_attempt(
    Desk& desk, std::vector<people::Counter> counters) {
    const auto wait = co_await desk.store().write(
        [&desk, counters = std::move(counters), now = desk.now()](store::Tx& tx) {
            return people::begin_attempt(tx, desk.master(), counters, now);
        });
    co_return wait ? std::optional{slow_down(*wait)} : std::nullopt;
}

std::optional<std::string> known_browser(Desk& desk, const Visit& visit, std::string_view name) {
    if (!known_nonce(desk, visit, name).empty()) return std::nullopt;
    const auto known = std::string{name} + "~" + desk.all().random.alphanumeric(nonce_length);
    return set_cookie(known_cookie, known + "~" + desk.master().token(known_purpose, known),
                      known_lasts);
}

asio::awaitable<std::optional<bool>> is_password(Desk& desk, std::string hash, Secret password) {
    if (desk.hashes_waiting >= hashes_waiting_max) co_return std::nullopt;
    const Place place{desk.hashes_waiting};
    co_return co_await asio::co_spawn(
        desk.parts.hashing, check_there(std::move(hash), std::move(password)), asio::use_awaitable);
}

asio::awaitable<std::optional<std::string>> hash_password(Desk& desk, Secret password) {
    if (desk.hashes_waiting >= hashes_waiting_max) co_return std::nullopt;
    const Place place{desk.hashes_waiting};
    co_return co_await asio::co_spawn(desk.parts.hashing, hash_there(std::move(password)),
                                      asio::use_awaitable);
}

http::Response too_busy() { return slow_down(std::chrono::seconds{5}); }

}  // namespace lango::console
