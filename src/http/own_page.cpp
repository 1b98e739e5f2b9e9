#include "http/own_page.hpp"

namespace lango::http {

namespace {

bool is_this_machine(std::string_view host) {
    if (host == "localhost" || host.ends_with(".localhost") || host == "[::1]") return true;
    // A dotted quad, not a name that begins like one: "127.0.0.1.example" ends in a letter.
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

// "http://localhost:8080" -> "localhost"; "null" and the like are nobody's.
std::string host_of_origin(std::string_view origin) {
    const auto scheme = origin.find("://");
    if (scheme == origin.npos) return {};
    auto host = origin.substr(scheme + 3);
    const auto port = host.starts_with('[') ? host.find("]:") : host.find(':');
    if (port != host.npos) host = host.substr(0, host.starts_with('[') ? port + 1 : port);
    return lowercase(host);
}

}  // namespace

bool is_from_foreign_page(const Request& request) {
    if (!request.host.empty() && !is_this_machine(request.host)) return true;
    if (request.headers.find("Sec-Fetch-Site").value_or("") == "cross-site") return true;
    const auto origin = request.headers.find("Origin");
    return origin && !is_this_machine(host_of_origin(*origin));
}

}  // namespace lango::http
