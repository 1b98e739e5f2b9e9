#include "http/target.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "http/message.hpp"

namespace lango::http {

namespace urls = boost::urls;

namespace {

std::string_view view(const urls::string_view& text) { return {text.data(), text.size()}; }

Unexpected<std::string> bad(std::string_view why) {
    return Unexpected<std::string>("url: " + std::string(why));
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
    // An escape in a host name has no use but to hide it.
    if (view(url.encoded_host()).find('%') != std::string_view::npos)
        return bad("escape in the host");
    target.authority = lowercase(view(url.encoded_host()));
    target.host = target.authority;
    if (target.host.front() == '[') target.host = target.host.substr(1, target.host.size() - 2);
    if (url.has_port() && !url.port().empty()) {
        if (url.port_number() == 0) return bad("port");
        if (url.port_number() != target.port) target.authority.append(":").append(view(url.port()));
        target.port = url.port_number();
    }
    if (url.encoded_path().empty()) target.resource = "/";
    target.resource.append(view(url.encoded_path()));
    if (url.has_query()) target.resource.append("?").append(view(url.encoded_query()));
    return target;
}

}  // namespace lango::http
