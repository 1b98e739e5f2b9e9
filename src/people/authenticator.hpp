// For tests: an authenticator and the browser before it, made of OpenSSL keys. What each says can
// be changed one thing at a time.
#pragma once
#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "people/webauthn.hpp"

namespace lango::people::test {

// CBOR.
[[nodiscard]] std::string cbor_head(int major, std::uint64_t value);
[[nodiscard]] std::string cbor(std::int64_t value);
[[nodiscard]] std::string cbor_bytes(std::string_view bytes);
[[nodiscard]] std::string cbor_text(std::string_view text);

class Authenticator {
  public:
    explicit Authenticator(KeyAlgorithm algorithm);

    // What it and the browser say, unless a test changes it.
    struct Says {
        std::string challenge;
        std::string origin = "https://pay.example";
        std::string party = "pay.example";
        std::string type{};   // "webauthn.create" or "webauthn.get"
        std::string extra{};  // of the client data: R"(,"crossOrigin":true)"
        std::uint8_t flags = 0x05;
        std::uint32_t counter = 0;
        std::string format = "none";
        std::optional<std::string> statement{};  // the attestation's, in CBOR
        std::optional<std::string> key{};        // COSE
        std::string extensions{};
        std::string behind{};  // bytes after the authenticator data
        std::optional<std::string> attested_id{};
        std::optional<std::string> user{};  // base64url or not; none: null
    };
    // PublicKeyCredential.toJSON()
    [[nodiscard]] std::string registration(const Says& says) const;
    [[nodiscard]] std::string assertion(const Says& says) const;

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] std::string cose_key() const;
    // DER of ECDSA, as authenticators sign: of authenticator data and the hash of client data.
    [[nodiscard]] std::string sign(std::string_view data, std::string_view client_data) const;
    [[nodiscard]] std::string packed(std::string_view data, std::string_view client_data) const;

  private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    };
    [[nodiscard]] std::string data_of(const Says& says, bool with_key) const;

    KeyAlgorithm algorithm_;
    std::unique_ptr<EVP_PKEY, Free> key_;
    std::string id_ = "an id of twenty bytes";
};

}  // namespace lango::people::test
