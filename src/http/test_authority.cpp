#include "http/test_authority.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace lango::http {

namespace {

void must(bool done) {
    if (!done) throw std::runtime_error("test authority: OpenSSL failed");
}

}  // namespace

TestAuthority::Key TestAuthority::make_key() {
    Key key(EVP_EC_gen("P-256"));
    must(key != nullptr);
    return key;
}

TestAuthority::Certificate TestAuthority::issue(EVP_PKEY* key, const char* name,
                                                const char* extension, const std::string& value,
                                                X509* issuer) const {
    static long serial = 1;
    Certificate certificate(X509_new());
    X509* made = certificate.get();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made), -60L * 60);
    X509_gmtime_adj(X509_getm_notAfter(made), 60L * 60);
    X509_set_pubkey(made, key);
    X509_NAME* subject = X509_get_subject_name(made);
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                    reinterpret_cast<const unsigned char*>(name), -1, -1, 0) == 1);
    X509_set_issuer_name(made, issuer == nullptr ? subject : X509_get_subject_name(issuer));
    X509_EXTENSION* added = X509V3_EXT_conf(nullptr, nullptr, extension, value.c_str());
    must(added != nullptr && X509_add_ext(made, added, -1) == 1);
    X509_EXTENSION_free(added);
    must(X509_sign(made, issuer == nullptr ? key : key_.get(), EVP_sha256()) > 0);
    return certificate;
}

TestAuthority::TestAuthority() : key_(make_key()) {
    certificate_ =
        issue(key_.get(), "Test authority", "basicConstraints", "critical,CA:TRUE", nullptr);
    const char* folder = std::getenv("TMPDIR");
    ca_file_ = std::string(folder == nullptr ? "/tmp" : folder) + "/lango-ca-XXXXXX";
    const int file = ::mkstemp(ca_file_.data());
    must(file >= 0);
    std::FILE* stream = ::fdopen(file, "w");
    must(stream != nullptr && PEM_write_X509(stream, certificate_.get()) == 1);
    std::fclose(stream);
}

TestAuthority::~TestAuthority() { ::unlink(ca_file_.c_str()); }

boost::asio::ssl::context TestAuthority::server_context(const std::string& alternative_name) const {
    boost::asio::ssl::context context(boost::asio::ssl::context::tls_server);
    const Key key = make_key();
    const Certificate certificate =
        issue(key.get(), "Test server", "subjectAltName", alternative_name, certificate_.get());
    must(SSL_CTX_use_certificate(context.native_handle(), certificate.get()) == 1);
    must(SSL_CTX_use_PrivateKey(context.native_handle(), key.get()) == 1);
    return context;
}

}  // namespace lango::http
