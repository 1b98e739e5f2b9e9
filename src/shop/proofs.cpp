#include "shop/proofs.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>

#include "base/crypto.hpp"
#include "base/json.hpp"

namespace lango::shop {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view webhook_prefix = "whsec_";
constexpr std::chrono::seconds tolerance = 5min;

// The signed part stands last, and is signed as it was sent: bytes, not a tree built again.
std::string_view last_member(std::string_view body) {
    static constexpr std::string_view name = R"("additional_data":)";
    const auto at = body.rfind(name);
    if (at == body.npos || !body.ends_with('}')) return {};
    body.remove_suffix(1);
    return body.substr(at + name.size());
}

bool is_fresh(std::string_view timestamp, Instant now) {
    std::int64_t seconds = 0;
    const auto* const end = std::to_address(timestamp.end());
    const auto [rest, error] = std::from_chars(std::to_address(timestamp.begin()), end, seconds);
    if (error != std::errc{} || rest != end) return false;
    const auto age = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return seconds >= age - tolerance.count() && seconds <= age + tolerance.count();
}

std::string unbase64url(std::string_view text) {
    std::string standard{text};
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return crypto::unbase64(standard).value_or("");
}

}  // namespace

BodyProof prove_body(const Keys& keys, std::string_view body) {
    BodyProof proof;
    const auto tree = json::parse(body);
    if (!tree) return proof;
    proof.signed_part = last_member(body);
    proof.inner = crypto::md5_hex(proof.signed_part);
    proof.expected = crypto::sha1_hex(keys.access_key + keys.private_access_key + proof.inner);
    proof.received = tree->text_at("signature");
    proof.holds = !proof.signed_part.empty() &&
                  crypto::equal_in_constant_time(proof.expected, proof.received);
    return proof;
}

HeaderProof prove_headers(const Keys& keys, const http::Headers& headers, std::string_view body,
                          Instant now) {
    HeaderProof proof{.id = std::string{headers.find("webhook-id").value_or("")},
                      .timestamp = std::string{headers.find("webhook-timestamp").value_or("")},
                      .expected = {},
                      .received = std::string{headers.find("webhook-signature").value_or("")}};
    const std::string_view secret = keys.webhook_secret;
    const auto key = secret.starts_with(webhook_prefix)
                         ? crypto::unbase64(secret.substr(webhook_prefix.size()))
                         : std::nullopt;
    if (!key) return proof;
    const auto mac =
        crypto::hmac_sha256(*key, proof.id + "." + proof.timestamp + "." + std::string{body});
    proof.expected = "v1," + crypto::base64(crypto::view(mac));
    proof.fresh = is_fresh(proof.timestamp, now);
    proof.holds = proof.fresh && crypto::equal_in_constant_time(proof.expected, proof.received);
    return proof;
}

AddressProof prove_address(const Keys& keys, std::string_view text) {
    const auto dot = std::min(text.find('.'), text.size());
    AddressProof proof{.url = unbase64url(text.substr(0, dot)),
                       .message = {},
                       .expected = {},
                       .received = std::string{text.substr(std::min(dot + 1, text.size()))}};
    proof.message = "lango-redirect:" + proof.url;
    proof.expected =
        crypto::hex(crypto::view(crypto::hmac_sha256(keys.private_access_key, proof.message)));
    proof.holds =
        !proof.url.empty() && crypto::equal_in_constant_time(proof.expected, proof.received);
    return proof;
}

}  // namespace lango::shop
