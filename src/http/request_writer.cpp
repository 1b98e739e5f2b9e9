#include "http/request_writer.hpp"

#include <array>
#include <charconv>

namespace lango::http {

namespace {

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

bool is_token(std::string_view text) {
    return !text.empty() &&
           text.find_first_of("()<>@,;:\\\"/[]?={} \t\r\n\x7f") == std::string_view::npos &&
           text.find('\0') == std::string_view::npos;
}

bool is_writable(std::string_view name, std::string_view value) {
    if (!is_token(name) ||
        value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        return false;
    for (const std::string_view ours :
         {"Host", "Content-Length", "Transfer-Encoding", "Connection"}) {
        if (same_name(name, ours)) return false;
    }
    return true;
}

}  // namespace

bool append_request(std::string& out, const ClientRequest& request, const Target& target,
                    std::string_view user_agent) {
    const std::string_view method = method_name(request.method);
    if (method.empty()) return false;
    for (const auto& [name, value] : request.headers) {
        if (!is_writable(name, value)) return false;
    }
    out.append(method)
        .append(" ")
        .append(target.resource)
        .append(" HTTP/1.1\r\nHost: ")
        .append(target.authority);
    bool agent_said = false;
    for (const auto& [name, value] : request.headers) {
        agent_said = agent_said || same_name(name, "User-Agent");
        out.append("\r\n").append(name).append(": ").append(value);
    }
    if (!agent_said) out.append("\r\nUser-Agent: ").append(user_agent);
    if (!request.body.empty() || request.method == Method::post || request.method == Method::put) {
        std::array<char, 20> digits{};
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), request.body.size()).ptr;
        out.append("\r\nContent-Length: ").append(digits.data(), end);
    }
    out.append("\r\n\r\n").append(request.body);
    return true;
}

}  // namespace lango::http
