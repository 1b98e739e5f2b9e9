// The key pair behind SecurityCredential (daraja.md 5.2): RSA 2048 with a self-signed certificate,
// as Safaricom publishes one. Whoever calls encrypts the initiator's password with the public half.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lango::simulator {

class CredentialKey {
  public:
    // A new one, valid for ten years around `now`. Takes a tenth of a second or so.
    [[nodiscard]] static CredentialKey make(Instant now);
    // What pem() gave. Throws std::runtime_error for anything else.
    [[nodiscard]] static CredentialKey from_pem(const std::string& pem);
    // From this file, which is made (mode 0600) when there is none. Throws std::runtime_error.
    [[nodiscard]] static CredentialKey kept_in(const std::string& path, Instant now);

    // Private key and certificate.
    [[nodiscard]] std::string pem() const;
    [[nodiscard]] const std::string& certificate() const { return certificate_; }
    // What was encrypted with the certificate's key (PKCS#1 v1.5) and printed in base64. Nothing,
    // or nonsense, for what was not.
    [[nodiscard]] std::optional<std::string> open(std::string_view credential) const;

  private:
    CredentialKey(std::shared_ptr<void> key, std::string certificate)
        : key_(std::move(key)), certificate_(std::move(certificate)) {}
    std::shared_ptr<void> key_;  // EVP_PKEY
    std::string certificate_;    // PEM
};

}  // namespace lango::simulator
