// SecurityCredential (daraja.md 5.2): the initiator's password, encrypted for Safaricom. Made once;
// the same one may go with every request.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace lango::rails::daraja {

// Safaricom's public key. The certificates that it publishes have long expired (daraja.md 5.2):
// only the key counts, and who it is from is for a person to compare by fingerprint.
struct Certificate {
    std::string der;

    // X.509 in PEM or DER with an RSA key of at least 2048 bits; else a text for people.
    [[nodiscard]] static Result<Certificate, std::string> read(std::string_view file);
    // SHA-256 over the certificate, as the portal prints it: "94:17:91:...".
    [[nodiscard]] std::string fingerprint() const;
};

// RSA with PKCS#1 v1.5 padding over the password's bytes, in base64: never twice the same. A text
// for people when the password is too long for the key.
[[nodiscard]] Result<std::string, std::string> security_credential(const Certificate& certificate,
                                                                   const Secret& password);

}  // namespace lango::rails::daraja
