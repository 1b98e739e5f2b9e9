#include "ops/request_log.hpp"

#include <algorithm>
#include <array>

#include "ops/logging.hpp"
#include "ops/routes.hpp"

namespace lango::ops {
namespace {

std::string_view method_name(http::Method method) {
    switch (method) {
        case http::Method::get:
            return "GET";
        case http::Method::head:
            return "HEAD";
        case http::Method::post:
            return "POST";
        case http::Method::put:
            return "PUT";
        case http::Method::delete_:
            return "DELETE";
        case http::Method::options:
            return "OPTIONS";
        case http::Method::other:
            return "other";
    }
    return "other";
}

// Any part of a name will do: hidden once too often costs nothing.
bool is_secret(std::string_view raw_name) {
    constexpr std::array<std::string_view, 6> marks = {"secret",   "key",       "token",
                                                       "password", "signature", "pin"};
    const std::string name = http::lowercase(http::percent_decode(raw_name, true));
    return std::ranges::any_of(
        marks, [&](std::string_view mark) { return name.find(mark) != std::string::npos; });
}

// Of what a stranger sends. A secret that stands where none belongs, in a path or under another
// name, is longer.
constexpr std::size_t shown_max = 12;
std::string shortened(std::string_view text) {
    if (text.size() <= shown_max) return std::string{text};
    constexpr std::size_t begin = 4;
    return std::string{text.substr(0, begin)} + "...";
}

// A 503 is no news: who gave it has told why, and under overload there are very many. 501 and 505
// refuse what the caller sent: a coding or a version that HTTP/1.1 does not have.
bool is_our_failure(int status) {
    return status >= 500 && status != 501 && status != 503 && status != 505;
}

log::Level level_of(const http::Response& response, bool log_all) {
    if (is_our_failure(response.status)) return log::Level::error;
    return log_all ? log::Level::info : log::Level::debug;
}

// The path of a route with ids may hold a token: the route says enough, request_id the rest.
// Of what is no route the first part is enough: a proxy that doubles a slash makes one of a
// token's.
std::string shown_path(const http::Request& request) {
    const std::string_view route = route_name(request.path);
    if (route != "other") return std::string{route};
    const std::string_view path = request.path;
    const auto begins = path.find_first_not_of('/');
    if (begins == std::string_view::npos) return std::string{path.substr(0, shown_max)};
    const auto part = path.substr(begins);
    return std::string{path.substr(0, std::min(begins, shown_max))} +
           shortened(part.substr(0, part.find('/')));
}

void write(log::Level level, const http::Request& request, const http::Response& response,
           Duration taken) {
    const std::string query = without_secrets(request.query);
    const std::string path = shown_path(request);
    const log::Fields fields = {{"request_id", request.request_id},
                                {"method", method_name(request.method)},
                                {"route", path},
                                {"query", query},
                                {"status", response.status},
                                {"took", taken},
                                {"peer", request.peer}};
    switch (level) {
        case log::Level::error:
            log::error("http", "request failed", fields);
            break;
        case log::Level::info:
            log::info("http", "request answered", fields);
            break;
        default:
            log::debug("http", "request answered", fields);
            break;
    }
}

}  // namespace

namespace {
constexpr std::size_t name_max = 24;  // payment_url_pending_id has 22
}  // namespace

std::string without_secrets(std::string_view query) {
    std::string out;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view name = pair.substr(0, equals);
        if (!out.empty()) out += '&';
        // A name may be as long as the page's: a secret without one stands alone.
        out +=
            equals < pair.size() && name.size() <= name_max ? std::string{name} : shortened(name);
        if (equals < pair.size()) {
            out += '=';
            out += is_secret(name) ? "***" : shortened(pair.substr(equals + 1));
        }
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
    }
    return out;
}

void log_failure(const http::Request& request, const std::string& what) {
    log::error(
        "http", "a request failed",
        {{"request_id", request.request_id}, {"route", shown_path(request)}, {"error", what}});
}

std::function<void(const http::Request&, const http::Response&, Duration)> observe_requests(
    Metrics& metrics, bool log_all) {
    return [&metrics, log_all](const http::Request& request, const http::Response& response,
                               Duration taken) {
        const std::size_t route = route_index(request.path);
        metrics.request(route, response.status, taken);
        const log::Level level = level_of(response, log_all);
        if (log::enabled(level)) write(level, request, response, taken);
    };
}

}  // namespace lango::ops
