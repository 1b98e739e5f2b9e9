#include "merchants/redirect.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace lango::merchants {

namespace {

std::string signature(const Secret& key, std::string_view url) {
    const auto digest = crypto::hmac_sha256(key.reveal(), "lango-redirect:" + std::string{url});
    return crypto::hex(crypto::view(digest));
}

std::string base64url(std::string_view bytes) {
    auto text = crypto::base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::min(text.find('='), text.size()));
    return text;
}

std::optional<std::string> unbase64url(std::string_view text) {
    std::string standard{text};
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return crypto::unbase64(standard);
}

}  // namespace

std::string sign_redirect(const Secret& private_access_key, std::string_view url) {
    return base64url(url) + "." + signature(private_access_key, url);
}

std::optional<std::string> read_redirect(const Secret& private_access_key, std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || private_access_key.reveal().empty()) return std::nullopt;
    auto url = unbase64url(text.substr(0, dot));
    if (!url || !is_address(*url)) return std::nullopt;
    if (!crypto::equal_in_constant_time(text.substr(dot + 1), signature(private_access_key, *url)))
        return std::nullopt;
    return url;
}

}  // namespace lango::merchants
