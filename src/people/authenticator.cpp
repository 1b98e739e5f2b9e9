#include "people/authenticator.hpp"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <array>
#include <vector>

#include "base/base64url.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"

namespace lango::people::test {

namespace {

EVP_PKEY* made(KeyAlgorithm algorithm) {
    switch (algorithm) {
        case KeyAlgorithm::es256:
            return EVP_EC_gen("P-256");
        case KeyAlgorithm::eddsa:
            return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        case KeyAlgorithm::rs256:
            return EVP_RSA_gen(2048);
    }
    return nullptr;
}

std::string number_of(const EVP_PKEY* key, const char* name, int size) {
    BIGNUM* number = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key, name, &number), 1);
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    EXPECT_EQ(BN_bn2binpad(number, bytes.data(), size), size);
    BN_free(number);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
}

std::string client_data_of(const Authenticator::Says& says, const char* usual) {
    return R"({"type":")" + (says.type.empty() ? std::string{usual} : says.type) +
           R"(","challenge":")" + crypto::base64url(says.challenge) + R"(","origin":")" +
           says.origin + '"' + says.extra + "}";
}

}  // namespace

std::string cbor_head(int major, std::uint64_t value) {
    const auto first = [major](unsigned rest) {
        return std::string(1, static_cast<char>(static_cast<unsigned>(major) << 5 | rest));
    };
    if (value < 24) return first(static_cast<unsigned>(value));
    if (value < 256) return first(24) + big_endian(static_cast<std::uint32_t>(value), 1);
    return first(25) + big_endian(static_cast<std::uint32_t>(value), 2);
}
std::string cbor(std::int64_t value) {
    return value < 0 ? cbor_head(1, static_cast<std::uint64_t>(-1 - value))
                     : cbor_head(0, static_cast<std::uint64_t>(value));
}
std::string cbor_bytes(std::string_view bytes) {
    return cbor_head(2, bytes.size()) + std::string{bytes};
}
std::string cbor_text(std::string_view text) {
    return cbor_head(3, text.size()) + std::string{text};
}

Authenticator::Authenticator(KeyAlgorithm algorithm)
    : algorithm_(algorithm), key_(made(algorithm)) {}

std::string Authenticator::cose_key() const {
    const auto* const key = key_.get();
    switch (algorithm_) {
        case KeyAlgorithm::es256:
            return cbor_head(5, 5) + cbor(1) + cbor(2) + cbor(3) + cbor(-7) + cbor(-1) + cbor(1) +
                   cbor(-2) + cbor_bytes(number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, 32)) + cbor(-3) +
                   cbor_bytes(number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
        case KeyAlgorithm::eddsa: {
            std::array<unsigned char, 32> raw{};
            std::size_t size = raw.size();
            EXPECT_EQ(EVP_PKEY_get_raw_public_key(key, raw.data(), &size), 1);
            return cbor_head(5, 4) + cbor(1) + cbor(1) + cbor(3) + cbor(-8) + cbor(-1) + cbor(6) +
                   cbor(-2) + cbor_bytes({reinterpret_cast<const char*>(raw.data()), size});
        }
        case KeyAlgorithm::rs256:
            return cbor_head(5, 4) + cbor(1) + cbor(3) + cbor(3) + cbor(-257) + cbor(-1) +
                   cbor_bytes(number_of(key, OSSL_PKEY_PARAM_RSA_N, 256)) + cbor(-2) +
                   cbor_bytes(number_of(key, OSSL_PKEY_PARAM_RSA_E, 3));
    }
    return {};
}

std::string Authenticator::sign(std::string_view data, std::string_view client_data) const {
    const auto text = std::string{data} + std::string{crypto::view(crypto::sha256(client_data))};
    const auto* const digest = algorithm_ == KeyAlgorithm::eddsa ? nullptr : EVP_sha256();
    const std::unique_ptr<EVP_MD_CTX, decltype([](EVP_MD_CTX* one) { EVP_MD_CTX_free(one); })>
        context{EVP_MD_CTX_new()};
    EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()), 1);
    std::vector<unsigned char> signature(512);
    std::size_t size = signature.size();
    EXPECT_EQ(EVP_DigestSign(context.get(), signature.data(), &size,
                             reinterpret_cast<const unsigned char*>(text.data()), text.size()),
              1);
    return {reinterpret_cast<const char*>(signature.data()), size};
}

std::string Authenticator::packed(std::string_view data, std::string_view client_data) const {
    return cbor_head(5, 2) + cbor_text("alg") + cbor(static_cast<std::int64_t>(algorithm_)) +
           cbor_text("sig") + cbor_bytes(sign(data, client_data));
}

std::string Authenticator::data_of(const Says& says, bool with_key) const {
    auto flags = static_cast<unsigned>(says.flags);
    if (with_key) flags |= 0x40U;
    if (!says.extensions.empty()) flags |= 0x80U;
    std::string data{crypto::view(crypto::sha256(says.party))};
    data += static_cast<char>(flags);
    data += big_endian(says.counter, 4);
    if (with_key) {
        const auto id = says.attested_id.value_or(id_);
        data += std::string(16, '\0') + big_endian(static_cast<std::uint32_t>(id.size()), 2) + id;
        data += says.key.value_or(cose_key());
    }
    return data + says.extensions + says.behind;
}

std::string Authenticator::registration(const Says& says) const {
    const auto client_data = client_data_of(says, "webauthn.create");
    const auto data = data_of(says, true);
    const auto statement = says.statement.value_or(
        says.format == "packed" ? packed(data, client_data) : std::string{"\xa0"});
    const auto object = cbor_head(5, 3) + cbor_text("fmt") + cbor_text(says.format) +
                        cbor_text("attStmt") + statement + cbor_text("authData") + cbor_bytes(data);
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("id", crypto::base64url(id_))
        .member("rawId", crypto::base64url(id_))
        .member("type", "public-key")
        .member("authenticatorAttachment", "platform")
        .key("clientExtensionResults")
        .raw("{}")
        .key("response")
        .begin_object()
        .member("clientDataJSON", crypto::base64url(client_data))
        .member("attestationObject", crypto::base64url(object))
        .key("transports")
        .raw(R"(["internal"])")
        .end_object()
        .end_object();
    return out;
}

std::string Authenticator::assertion(const Says& says) const {
    const auto client_data = client_data_of(says, "webauthn.get");
    const auto data = data_of(says, false);
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("id", crypto::base64url(id_))
        .member("rawId", crypto::base64url(id_))
        .member("type", "public-key")
        .key("clientExtensionResults")
        .raw("{}")
        .key("response")
        .begin_object()
        .member("clientDataJSON", crypto::base64url(client_data))
        .member("authenticatorData", crypto::base64url(data))
        .member("signature", crypto::base64url(sign(data, client_data)))
        .key("userHandle");
    says.user ? writer.string(*says.user) : writer.null();
    writer.end_object().end_object();
    return out;
}

}  // namespace lango::people::test
