#include "http/router.hpp"

#include <algorithm>
#include <utility>

namespace lango::http {

namespace {

constexpr std::string_view placeholder = "{}";

Response fail(int status, std::string_view message) {
    Response response;
    response.status = status;
    response.body = R"({"status":"fail","message":")";
    response.body.append(message).append("\"}");
    return response;
}

std::vector<std::string> split_pattern(std::string_view pattern) {
    std::vector<std::string> segments;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);  // the slash
        const std::string_view segment = pattern.substr(0, pattern.find('/'));
        const bool binds = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
        segments.emplace_back(binds ? placeholder : segment);
        pattern.remove_prefix(segment.size());
    }
    return segments;
}

// Fills arguments when the path matches. An empty segment binds nothing: "/payment/" is not
// "/payment/{order_id}".
bool matches(const std::vector<std::string>& segments, std::string_view path,
             PathArguments& arguments) {
    arguments.clear();
    for (const std::string& expected : segments) {
        if (path.empty() || path.front() != '/') return false;
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        if (expected == placeholder) {
            if (segment.empty()) return false;
            arguments.push_back(percent_decode(segment, false));
        } else if (segment != expected) {
            return false;
        }
    }
    return path.empty();
}

std::string_view method_name(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::delete_:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            break;
    }
    return {};
}

void allow(std::string& list, Method method) {
    const std::string_view name = method_name(method);
    if (name.empty() || list.find(name) != std::string::npos) return;
    if (!list.empty()) list += ", ";
    list += name;
    if (method == Method::get) list += ", HEAD";
}

}  // namespace

void Router::add(Method method, std::string_view pattern, Handler handler) {
    routes_.push_back({method, split_pattern(pattern), std::move(handler)});
}

void Router::set_not_found(Handler handler) { not_found_ = std::move(handler); }

asio::awaitable<Response> Router::handle(const Request& request) const {
    const Method wanted = request.method == Method::head ? Method::get : request.method;
    PathArguments arguments;
    std::string allowed;
    for (const Route& route : routes_) {
        if (!matches(route.segments, request.path, arguments)) continue;
        if (route.method == wanted || route.method == request.method) {
            co_return co_await route.handler(request, arguments);
        }
        allow(allowed, route.method);
    }
    if (!allowed.empty()) {
        Response response = fail(405, "Method not allowed");
        response.headers.emplace_back("Allow", std::move(allowed));
        co_return response;
    }
    if (not_found_) {
        arguments.clear();
        co_return co_await not_found_(request, arguments);
    }
    co_return fail(404, "Not found");
}

}  // namespace lango::http
