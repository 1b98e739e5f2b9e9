#include "http/caller.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <optional>

namespace lango::http {

namespace {

namespace ip = boost::asio::ip;

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// "203.0.113.7", "203.0.113.7:4711", "2001:db8::1", "[2001:db8::1]:4711"
std::optional<std::string> parse_entry(std::string_view text) {
    if (text.starts_with('[')) {
        text = text.substr(1, text.find(']') - 1);
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    boost::system::error_code error;
    const ip::address address = ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

}  // namespace

bool is_trusted(std::string_view address, const std::vector<std::string>& trusted_proxies) {
    const std::string_view name = address.empty() ? local_proxy : address;
    return std::ranges::find(trusted_proxies, name) != trusted_proxies.end();
}

std::string caller_address(std::string_view socket_peer, const Headers& headers,
                           const std::vector<std::string>& trusted_proxies) {
    std::string caller(socket_peer);
    if (trusted_proxies.empty() || !is_trusted(caller, trusted_proxies)) return caller;
    const auto& fields = headers.all();
    for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
        if (!same_name(field->first, "X-Forwarded-For")) continue;
        std::string_view list = field->second;
        while (!list.empty()) {
            const std::size_t comma = list.rfind(',');
            const bool last = comma == std::string_view::npos;
            const auto entry = parse_entry(trim(last ? list : list.substr(comma + 1)));
            if (!entry) return caller;
            caller = *entry;
            if (!is_trusted(caller, trusted_proxies)) return caller;
            list = last ? std::string_view{} : list.substr(0, comma);
        }
    }
    return caller;
}

}  // namespace lango::http
