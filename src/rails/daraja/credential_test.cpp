#include <gtest/gtest.h>

#include "rails/daraja/credential_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

TEST(Credential, IsThePasswordSealedForTheCertificatesKey) {
    const auto made = security_credential(safaricoms_key().certificate(), Secret{"Pass#word1%"});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->size(), 344U);  // daraja.md 5.2: 256 bytes in base64
    EXPECT_EQ(safaricoms_key().open(*made), "Pass#word1%");
}

TEST(Credential, IsNeverTheSameTwice) {
    const auto certificate = safaricoms_key().certificate();
    EXPECT_NE(*security_credential(certificate, Secret{"p"}),
              *security_credential(certificate, Secret{"p"}));
}

TEST(Credential, RefusesAPasswordThatTheKeyCannotHold) {
    const auto made =
        security_credential(safaricoms_key().certificate(), Secret{std::string(246, 'p')});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), "the password is too long for the certificate's key");
    EXPECT_TRUE(security_credential(safaricoms_key().certificate(), Secret{std::string(245, 'p')}));
}

// Those that Safaricom publishes have long expired: this one has, too.
TEST(Certificate, IsReadAsPemAndAsDer) {
    const auto pem = Certificate::read(safaricoms_key().pem());
    const auto der = Certificate::read(safaricoms_key().der());
    ASSERT_TRUE(pem && der);
    EXPECT_EQ(pem->der, safaricoms_key().der());
    EXPECT_EQ(der->der, pem->der);
}

TEST(Certificate, HasTheFingerprintOfItsBytes) {
    const auto print = safaricoms_key().certificate().fingerprint();
    EXPECT_EQ(print.size(), 32U * 3 - 1);
    std::string digits;
    for (const char c : print) {
        if (c != ':') digits += c;
    }
    EXPECT_EQ(crypto::unhex(digits), crypto::view(crypto::sha256(safaricoms_key().der())));
    EXPECT_EQ(print.find_first_of("abcdef"), std::string::npos);
}

TEST(Certificate, IsRefusedWithTheReason) {
    const auto reason = [](const std::string& file) { return Certificate::read(file).error(); };
    EXPECT_EQ(reason(""), "holds no X.509 certificate (PEM or DER)");
    EXPECT_EQ(reason("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"),
              "holds no X.509 certificate (PEM or DER)");
    EXPECT_EQ(reason(KeyPair{EVP_PKEY_ED25519}.pem()), "holds a certificate without an RSA key");
    EXPECT_EQ(reason((KeyPair{EVP_PKEY_RSA, 1024}.pem())), "holds an RSA key below 2048 bits");
}

}  // namespace
}  // namespace lango::rails::daraja::test
