// For tests: what a caller of the initiators' APIs does with the certificate.
#pragma once
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "base/crypto.hpp"

namespace lango::simulator {

// SecurityCredential (daraja.md 5.2) for the certificate in this PEM.
inline std::string security_credential(const std::string& certificate_pem,
                                       const std::string& password) {
    struct Free {
        void operator()(BIO* memory) const { BIO_free(memory); }
        void operator()(X509* certificate) const { X509_free(certificate); }
        void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    };
    const std::unique_ptr<BIO, Free> memory{
        BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size()))};
    const std::unique_ptr<X509, Free> certificate{
        PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)};
    if (certificate == nullptr) throw std::runtime_error{"no certificate in this PEM"};
    const std::unique_ptr<EVP_PKEY_CTX, Free> context{
        EVP_PKEY_CTX_new(X509_get0_pubkey(certificate.get()), nullptr)};
    std::string sealed(512, '\0');
    std::size_t size = sealed.size();
    if (EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(sealed.data()), &size,
                         reinterpret_cast<const unsigned char*>(password.data()),
                         password.size()) != 1) {
        throw std::runtime_error{"cannot encrypt"};
    }
    sealed.resize(size);
    return crypto::base64(sealed);
}

}  // namespace lango::simulator
