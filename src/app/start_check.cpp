#include "app/start_check.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "app/gateway_options.hpp"
#include "merchants/plain_outside.hpp"

namespace lango::app {

namespace {

namespace ip = boost::asio::ip;

class Problems {
  public:
    // lines: none, one, or several.
    void add(const std::string& lines) {
        if (!lines.empty()) all_ += (all_.empty() ? "" : "\n") + lines;
    }
    [[nodiscard]] std::string take() { return std::move(all_); }

  private:
    std::string all_;
};

// The rail's and merchants' addresses are compared with the caller's, who is a proxy for everybody
// unless its word is believed.
std::string proxy_problem(const ops::Config& config) {
    const auto& own = config.rail.callback_addresses;
    if (own.empty() || !config.http.trusted_proxies.empty()) return {};
    const bool behind_proxy = config.rail.base_url == rails::daraja::production_url ||
                              ip::make_address(config.http.address).is_loopback();
    if (!behind_proxy || std::ranges::find(own, config.http.address) != own.end()) return {};
    return "http.trusted_proxies must name the proxy that ends TLS (such as 127.0.0.1): callbacks "
           "come from its address, rail.callback_addresses lists Safaricom's, and every callback "
           "would be refused";
}

std::string plain_problem(std::string_view setting, std::string_view url, const char* what) {
    if (!merchants::is_plain_outside(url)) return {};
    return std::string{setting} + " is \"" + std::string{url} + "\": " + what +
           " would go in clear; say https://, or set rail.allow_plain_http";
}

// Browsers take a cookie that is Secure by https, and from this machine by the name localhost.
std::string console_problem(const ops::Config& config) {
    const std::string_view url = config.backoffice.public_url;
    constexpr std::string_view here = "http://localhost";
    const bool is_here = url == here || url.starts_with(std::string{here} + ":");
    if (url.empty() || url.starts_with("https://") || is_here) return {};
    return "backoffice.public_url is \"" + std::string{url} +
           "\": passwords would go in clear; say https://";
}

}  // namespace

std::string start_problems(const ops::Config& config) {
    Problems problems;
    problems.add(proxy_problem(config));
    problems.add(console_problem(config));
    const auto url = ops::public_url(config, config.http.port);
    problems.add(rails::daraja::problem_of(rail_options(config, url)));
    if (!config.rail.allow_plain_http) {
        problems.add(plain_problem("rail.base_url", config.rail.base_url,
                                   "the app's key and secret, and every payment,"));
        problems.add(plain_problem("http.public_url", config.http.public_url,
                                   "callbacks with their tokens, and merchants' secrets,"));
    }
    try {
        static_cast<void>(payout_setup(config, url));
    } catch (const std::exception& error) {
        problems.add(error.what());
    }
    return problems.take();
}

}  // namespace lango::app
