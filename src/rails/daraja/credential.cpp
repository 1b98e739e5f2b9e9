#include "rails/daraja/credential.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>

#include "base/crypto.hpp"

namespace lango::rails::daraja {

namespace {

struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* memory) const { BIO_free(memory); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using X509Pointer = std::unique_ptr<X509, Free>;
using Memory = std::unique_ptr<BIO, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free>;

constexpr int key_bits_min = 2048;

Unexpected<std::string> wrong(const char* why) { return Unexpected<std::string>{why}; }

const unsigned char* bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

X509Pointer parse_der(const std::string& der) {
    const auto* at = bytes(der);
    return X509Pointer{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
}

X509Pointer parse(std::string_view file) {
    const Memory memory{BIO_new_mem_buf(file.data(), static_cast<int>(file.size()))};
    X509Pointer certificate{PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)};
    return certificate ? std::move(certificate) : parse_der(std::string{file});
}

}  // namespace

Result<Certificate, std::string> Certificate::read(std::string_view file) {
    const auto certificate = parse(file);
    if (!certificate) return wrong("holds no X.509 certificate (PEM or DER)");
    const auto* key = X509_get0_pubkey(certificate.get());
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
        return wrong("holds a certificate without an RSA key");
    }
    if (EVP_PKEY_get_bits(key) < key_bits_min) return wrong("holds an RSA key below 2048 bits");
    Certificate read;
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    if (size <= 0) return wrong("holds a certificate that cannot be printed again");
    read.der.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return read;
}

std::string Certificate::fingerprint() const {
    const auto digits = crypto::hex(crypto::view(crypto::sha256(der)));
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 2 == 0) out += ':';
        const auto c = digits[i];
        out += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

Result<std::string, std::string> security_credential(const Certificate& certificate,
                                                     const Secret& password) {
    const auto parsed = parse_der(certificate.der);
    const Key key{parsed ? X509_get_pubkey(parsed.get()) : nullptr};
    const Context context{key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr};
    const auto& plain = password.reveal();
    std::size_t size = 0;
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_encrypt(context.get(), nullptr, &size, bytes(plain), plain.size()) != 1) {
        return wrong("the certificate's key cannot encrypt");
    }
    std::string sealed(size, '\0');
    if (EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(sealed.data()), &size,
                         bytes(plain), plain.size()) != 1) {
        return wrong("the password is too long for the certificate's key");
    }
    sealed.resize(size);
    return crypto::base64(sealed);
}

}  // namespace lango::rails::daraja
