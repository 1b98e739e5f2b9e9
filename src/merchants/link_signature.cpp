#include "merchants/link_signature.hpp"

#include <algorithm>
#include <array>

#include "base/crypto.hpp"

namespace lango::merchants {

namespace {

constexpr auto known = std::to_array<std::string_view>(
    {"currency_code", "currency_code[]", "custom_transaction_id", "fail_url", "fixed_amount",
     "label", "lang", "payment_url_fail_id", "payment_url_pending_id", "payment_url_success_id",
     "pending_url", "success_url", "wallet_type"});

bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

std::string encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

std::string lowercase(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

bool is_link_parameter(std::string_view name) {
    return std::ranges::find(known, name) != known.end();
}

std::string link_text(LinkParameters parameters) {
    std::erase_if(parameters, [](const auto& one) { return !is_link_parameter(one.first); });
    std::ranges::sort(parameters);
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (!text.empty()) text += '&';
        text.append(encoded(name)).append("=").append(encoded(value));
    }
    return text;
}

std::string sign_link(const Secret& private_access_key, const LinkParameters& parameters) {
    const auto digest =
        crypto::hmac_sha256(private_access_key.reveal(), "lango-link:" + link_text(parameters));
    return crypto::hex(crypto::view(digest));
}

bool link_verifies(std::span<const Secret> keys, const LinkParameters& parameters,
                   std::string_view signature) {
    const auto given = lowercase(signature);
    bool fits = false;
    for (const auto& key : keys) {
        if (key.empty()) continue;
        const bool by_this = crypto::equal_in_constant_time(given, sign_link(key, parameters));
        fits = fits || by_this;
    }
    return fits;
}

}  // namespace lango::merchants
