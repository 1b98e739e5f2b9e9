#include "simulator/credential_key.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/crypto.hpp"

namespace lango::simulator {

namespace {

using namespace std::chrono_literals;

struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* memory) const { BIO_free(memory); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using Certificate = std::unique_ptr<X509, Free>;
using Memory = std::unique_ptr<BIO, Free>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free>;

void must(bool done, const char* what) {
    if (!done) throw std::runtime_error{std::string{"the credential key: cannot "} + what};
}

std::shared_ptr<void> owned(EVP_PKEY* key) {
    must(key != nullptr, "have a key");
    return {key, [](void* made) { EVP_PKEY_free(static_cast<EVP_PKEY*>(made)); }};
}

EVP_PKEY* raw(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
    const Memory memory{BIO_new(BIO_s_mem())};
    must(PEM_write_bio_X509(memory.get(), certificate) == 1, "print its certificate");
    return text_of(memory.get());
}

std::time_t seconds(Instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string sign_certificate(EVP_PKEY* key, Instant now) {
    const Certificate made{X509_new()};
    auto* const certificate = made.get();
    constexpr auto* name = "Lango simulator, for SecurityCredential";
    constexpr auto five_years = 5 * 365 * 24h;
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), to_micros(now));
    ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(now - five_years));
    ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(now + five_years));
    auto* const subject = X509_get_subject_name(certificate);
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                    reinterpret_cast<const unsigned char*>(name), -1, -1, 0) == 1 &&
             X509_set_issuer_name(certificate, subject) == 1 &&
             X509_set_pubkey(certificate, key) == 1 &&
             X509_sign(certificate, key, EVP_sha256()) > 0,
         "sign its certificate");
    return pem_of(certificate);
}

// Nobody finds it half written, and nobody else may read it.
void write_private(const std::string& path, const std::string& text) {
    const auto part = path + ".part";
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(file >= 0, "be written");
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(file);
    must(whole, "be written whole");
    std::filesystem::rename(part, path);
}

}  // namespace

CredentialKey CredentialKey::make(Instant now) {
    auto key = owned(EVP_RSA_gen(2048));
    auto certificate = sign_certificate(raw(key), now);
    return {std::move(key), std::move(certificate)};
}

CredentialKey CredentialKey::from_pem(const std::string& pem) {
    const auto memory = [&] {
        return Memory{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    };
    auto key = owned(PEM_read_bio_PrivateKey(memory().get(), nullptr, nullptr, nullptr));
    must(EVP_PKEY_get_base_id(raw(key)) == EVP_PKEY_RSA, "be other than RSA");
    const Certificate certificate{PEM_read_bio_X509(memory().get(), nullptr, nullptr, nullptr)};
    must(certificate != nullptr, "do without a certificate beside it");
    must(X509_check_private_key(certificate.get(), raw(key)) == 1, "fit its certificate");
    return {std::move(key), pem_of(certificate.get())};
}

CredentialKey CredentialKey::kept_in(const std::string& path, Instant now) {
    if (const std::ifstream file{path}) {
        std::ostringstream text;
        text << file.rdbuf();
        return from_pem(text.str());
    }
    auto made = make(now);
    write_private(path, made.pem());
    return made;
}

std::string CredentialKey::pem() const {
    const Memory memory{BIO_new(BIO_s_mem())};
    must(PEM_write_bio_PrivateKey(memory.get(), raw(key_), nullptr, nullptr, 0, nullptr, nullptr) ==
             1,
         "be printed");
    return text_of(memory.get()) + certificate_;
}

std::optional<std::string> CredentialKey::open(std::string_view credential) const {
    const auto sealed = crypto::unbase64(credential);
    if (!sealed) return std::nullopt;
    const Context context{EVP_PKEY_CTX_new(raw(key_), nullptr)};
    must(context != nullptr && EVP_PKEY_decrypt_init(context.get()) == 1 &&
             EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1,
         "decrypt");
    std::string plain(static_cast<std::size_t>(EVP_PKEY_get_size(raw(key_))), '\0');
    std::size_t size = plain.size();
    if (EVP_PKEY_decrypt(context.get(), reinterpret_cast<unsigned char*>(plain.data()), &size,
                         reinterpret_cast<const unsigned char*>(sealed->data()),
                         sealed->size()) != 1) {
        return std::nullopt;
    }
    plain.resize(size);
    return plain;
}

}  // namespace lango::simulator
