// For tests: a key pair with its certificate, and the other end of SecurityCredential.
#pragma once
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/crypto.hpp"
#include "rails/daraja/credential.hpp"

namespace lango::rails::daraja::test {

class KeyPair {
  public:
    // type: EVP_PKEY_RSA or EVP_PKEY_ED25519. The certificate has been expired for years.
    explicit KeyPair(int type = EVP_PKEY_RSA, int bits = 2048) {
        const std::unique_ptr<EVP_PKEY_CTX, Free> context{EVP_PKEY_CTX_new_id(type, nullptr)};
        EVP_PKEY* made = nullptr;
        require(context != nullptr && EVP_PKEY_keygen_init(context.get()) == 1);
        if (type == EVP_PKEY_RSA) {
            require(EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) == 1);
        }
        require(EVP_PKEY_keygen(context.get(), &made) == 1);
        key_.reset(made);
        certificate_.reset(X509_new());
        X509_set_version(certificate_.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_.get()), 1);
        ASN1_TIME_set_string(X509_getm_notBefore(certificate_.get()), "20141112000000Z");
        ASN1_TIME_set_string(X509_getm_notAfter(certificate_.get()), "20161111000000Z");
        X509_set_pubkey(certificate_.get(), made);
        require(X509_sign(certificate_.get(), made, type == EVP_PKEY_RSA ? EVP_sha256() : nullptr) >
                0);
    }
    [[nodiscard]] std::string pem() const {
        const std::unique_ptr<BIO, Free> memory{BIO_new(BIO_s_mem())};
        require(PEM_write_bio_X509(memory.get(), certificate_.get()) == 1);
        return text_of(memory.get());
    }
    [[nodiscard]] std::string der() const {
        const std::unique_ptr<BIO, Free> memory{BIO_new(BIO_s_mem())};
        require(i2d_X509_bio(memory.get(), certificate_.get()) == 1);
        return text_of(memory.get());
    }
    [[nodiscard]] Certificate certificate() const { return *Certificate::read(pem()); }
    // What was sealed with the certificate's key; nothing when it was not.
    [[nodiscard]] std::optional<std::string> open(const std::string& credential) const {
        const auto sealed = crypto::unbase64(credential);
        const std::unique_ptr<EVP_PKEY_CTX, Free> context{EVP_PKEY_CTX_new(key_.get(), nullptr)};
        std::string plain(512, '\0');
        std::size_t size = plain.size();
        const bool opened =
            sealed && EVP_PKEY_decrypt_init(context.get()) == 1 &&
            EVP_PKEY_decrypt(context.get(), reinterpret_cast<unsigned char*>(plain.data()), &size,
                             reinterpret_cast<const unsigned char*>(sealed->data()),
                             sealed->size()) == 1;
        if (!opened) return std::nullopt;
        plain.resize(size);
        return plain;
    }

  private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
        void operator()(X509* certificate) const { X509_free(certificate); }
        void operator()(BIO* memory) const { BIO_free(memory); }
    };
    static void require(bool done) {
        if (!done) throw std::runtime_error{"OpenSSL refuses"};
    }
    static std::string text_of(BIO* memory) {
        char* bytes = nullptr;
        const auto size = BIO_get_mem_data(memory, &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }

    std::unique_ptr<EVP_PKEY, Free> key_;
    std::unique_ptr<X509, Free> certificate_;
};

// Making a key takes a while: one for all tests of a program.
inline const KeyPair& safaricoms_key() {
    static const KeyPair made;
    return made;
}

}  // namespace lango::rails::daraja::test
