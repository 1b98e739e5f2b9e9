#include "console/guard.hpp"

#include <algorithm>

#include "backoffice/refusals.hpp"

namespace lango::console {

namespace {

constexpr std::string_view csrf_purpose = "console csrf";

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
constexpr std::string_view permissions =
    "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), "
    "geolocation=(), microphone=(), payment=(), usb=()";

std::string_view without_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

bool is_sendable(std::string_view content_type) {
    const auto type =
        http::lowercase(without_blanks(content_type.substr(0, content_type.find(';'))));
    return type == "application/json" || type == "application/octet-stream";
}

}  // namespace

std::string authority_of(std::string_view public_url) {
    const auto scheme = public_url.find("://");
    return std::string{scheme == public_url.npos ? public_url : public_url.substr(scheme + 3)};
}

bool is_for(const http::Request& request, std::string_view authority) {
    return http::lowercase(request.headers.find("Host").value_or("")) == authority;
}

bool is_asked_elsewhere(const http::Request& request) {
    const auto site = request.headers.find("Sec-Fetch-Site");
    return site && *site != "same-origin" && *site != "none";
}

std::string cookie(const http::Request& request, std::string_view name) {
    for (const auto& [field, value] : request.headers.all()) {
        if (!http::same_name(field, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto piece = without_blanks(rest.substr(0, rest.find(';')));
            rest.remove_prefix(std::min(
                rest.size(), rest.find(';') == rest.npos ? rest.size() : rest.find(';') + 1));
            if (piece.size() > name.size() && piece.starts_with(name) &&
                piece[name.size()] == '=') {
                return std::string{piece.substr(name.size() + 1)};
            }
        }
    }
    return {};
}

std::string set_cookie(std::string_view name, std::string_view value, std::string_view more) {
    return std::string{name} + "=" + std::string{value} +
           "; Path=/; Secure; HttpOnly; SameSite=Strict" + std::string{more};
}

std::string csrf_token(const crypto::MasterKey& master, std::string_view id) {
    return master.token(csrf_purpose, id);
}

std::optional<http::Response> why_not_ours(const http::Request& request,
                                           const crypto::MasterKey& master,
                                           std::string_view public_url) {
    const auto id = cookie(request, session_cookie);
    const auto token = request.headers.find(csrf_header).value_or("");
    const bool is_ours = request.headers.find("Origin") == public_url && !id.empty() &&
                         master.is_token(csrf_purpose, id, token);
    if (!is_ours) return backoffice::refuse(backoffice::Refusal::foreign_page);
    if (is_sendable(request.headers.find("Content-Type").value_or(""))) return std::nullopt;
    auto refused = backoffice::refuse(backoffice::Refusal::not_an_object);
    refused.status = 415;
    return refused;
}

void add_security_headers(http::Response& response) {
    for (const auto& [name, value] : {std::pair{"Content-Security-Policy", policy},
                                      {"Referrer-Policy", "no-referrer"},
                                      {"Cross-Origin-Opener-Policy", "same-origin"},
                                      {"Cross-Origin-Resource-Policy", "same-origin"},
                                      {"Permissions-Policy", permissions},
                                      {"X-Frame-Options", "DENY"}}) {
        response.headers.emplace_back(name, value);
    }
}

}  // namespace lango::console
