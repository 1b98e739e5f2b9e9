// For tests: a certificate authority made on the spot, and servers' certificates from it.
#pragma once
#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace lango::http {

class TestAuthority {
  public:
    TestAuthority();
    ~TestAuthority();
    // A PEM file with the authority's certificate, gone with this object.
    [[nodiscard]] const std::string& ca_file() const { return ca_file_; }
    // A TLS server's context with a certificate for this name ("DNS:a.localhost", "IP:127.0.0.1").
    [[nodiscard]] boost::asio::ssl::context server_context(
        const std::string& alternative_name) const;

  private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free>;
    using Certificate = std::unique_ptr<X509, Free>;
    [[nodiscard]] static Key make_key();
    [[nodiscard]] Certificate issue(EVP_PKEY* key, const char* name, const char* extension,
                                    const std::string& value, X509* issuer) const;

    Key key_;
    Certificate certificate_;
    std::string ca_file_;
};

}  // namespace lango::http
