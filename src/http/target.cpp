#include "http/target.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

#include "http/message.hpp"

namespace lango::http {

namespace urls = boost::urls;

namespace {

std::string_view view(const urls::string_view& text) { return {text.data(), text.size()}; }

Unexpected<std::string> bad(std::string_view why) {
    return Unexpected<std::string>("url: " + std::string(why));
}

// The port's digits, from 1 to 65535: Boost.URL 1.81 reads 65537 as 1.
std::optional<std::uint16_t> port_of(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port == 0)
        return std::nullopt;
    return port;
}

// Between "//" and the path, as everybody cuts it. Boost.URL 1.81 ends "127.0.0.1%2eexample" and
// "host:80%41" before the escape, and takes the rest for the path.
std::string_view authority_in(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find("//") + 2));
    return text.substr(0, text.find_first_of("/?#"));
}

}  // namespace

Result<Target, std::string> parse_target(std::string_view text) {
    const auto parsed = urls::parse_uri(urls::string_view(text.data(), text.size()));
    if (!parsed) return bad("not a URL");
    const urls::url_view& url = *parsed;
    Target target;
    if (url.scheme_id() == urls::scheme::https) {
        target.tls = true;
        target.port = 443;
    } else if (url.scheme_id() != urls::scheme::http) {
        return bad("scheme is neither http nor https");
    }
    if (!url.has_authority() || url.encoded_host().empty()) return bad("no host");
    if (url.has_userinfo()) return bad("user in it");
    if (view(url.encoded_authority()) != authority_in(text)) return bad("not a URL");
    // An escape in a host name has no use but to hide it.
    if (view(url.encoded_host()).find('%') != std::string_view::npos)
        return bad("escape in the host");
    target.authority = lowercase(view(url.encoded_host()));
    target.host = target.authority;
    if (target.host.front() == '[') target.host = target.host.substr(1, target.host.size() - 2);
    if (url.has_port() && !url.port().empty()) {
        const auto port = port_of(view(url.port()));
        if (!port) return bad("port");
        if (*port != target.port) target.authority.append(":").append(std::to_string(*port));
        target.port = *port;
    }
    if (url.encoded_path().empty()) target.resource = "/";
    target.resource.append(view(url.encoded_path()));
    if (url.has_query()) target.resource.append("?").append(view(url.encoded_query()));
    return target;
}

}  // namespace lango::http
