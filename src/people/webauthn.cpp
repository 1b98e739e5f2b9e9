#include "people/webauthn.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <new>

#include "base/base64url.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "people/cbor.hpp"

namespace lango::people {

namespace {

constexpr std::size_t key_id_max = 1023;
constexpr std::size_t client_data_max = std::size_t{4} * 1024;
constexpr std::size_t attestation_max = std::size_t{16} * 1024;
constexpr std::size_t authenticator_data_max = std::size_t{4} * 1024;
constexpr std::size_t signature_max = 1024;
constexpr std::size_t user_max = 64;

using No = Unexpected<Unfit>;

struct Free {
    void operator()(fido_cred_t* one) const { fido_cred_free(&one); }
    void operator()(fido_assert_t* one) const { fido_assert_free(&one); }
    void operator()(es256_pk_t* one) const { es256_pk_free(&one); }
    void operator()(eddsa_pk_t* one) const { eddsa_pk_free(&one); }
    void operator()(rs256_pk_t* one) const { rs256_pk_free(&one); }
    void operator()(EVP_PKEY* one) const { EVP_PKEY_free(one); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

template <class T>
Owned<T> owned(T* made) {
    if (made == nullptr) throw std::bad_alloc();
    return Owned<T>{made};
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void begin() {
    static const bool begun = [] {
        fido_init(0);
        return true;
    }();
    static_cast<void>(begun);
}

// A member in base64url, of 1 to so many bytes.
std::optional<std::string> bytes_at(const json::Value& object, std::string_view name,
                                    std::size_t most) {
    const auto* const member = object.find(name);
    const auto* const text = member == nullptr ? nullptr : member->string();
    if (text == nullptr || text->size() > most / 3 * 4 + 4) return std::nullopt;
    auto bytes = crypto::unbase64url(*text);
    const bool fits = bytes && !bytes->empty() && bytes->size() <= most;
    return fits ? std::move(bytes) : std::nullopt;
}

// What both kinds have in common.
struct Envelope {
    std::string id;
    std::string client_data;
    const json::Value* response;
};

std::optional<Envelope> envelope_of(const json::Value& credential) {
    const auto* const response = credential.find("response");
    if (response == nullptr || response->object() == nullptr) return std::nullopt;
    if (credential.text_at("type") != "public-key") return std::nullopt;
    const auto id = key_id_of(credential);
    auto client_data = bytes_at(*response, "clientDataJSON", client_data_max);
    if (!id || !client_data) return std::nullopt;
    return Envelope{.id = *id, .client_data = *std::move(client_data), .response = response};
}

// What the browser says that it was asked (5.8.1).
std::optional<Unfit> wrong_client_data(const std::string& text, std::string_view operation,
                                       const RelyingParty& party, std::string_view challenge) {
    const auto said = json::parse(text);
    if (!said || said->object() == nullptr) return Unfit::malformed;
    const auto text_of = [&](std::string_view name) -> const std::string* {
        const auto* const member = said->find(name);
        return member == nullptr ? nullptr : member->string();
    };
    const auto* const type = text_of("type");
    const auto* const asked = text_of("challenge");
    const auto* const origin = text_of("origin");
    if (type == nullptr || asked == nullptr || origin == nullptr) return Unfit::malformed;
    if (*type != operation) return Unfit::operation;
    const auto bytes = crypto::unbase64url(*asked);
    const bool is_asked =
        bytes && !challenge.empty() && crypto::equal_in_constant_time(*bytes, challenge);
    if (!is_asked) return Unfit::challenge;
    const auto* const cross = said->find("crossOrigin");
    const bool is_framed = cross != nullptr && (cross->boolean() == nullptr || *cross->boolean());
    if (*origin != party.origin || is_framed) return Unfit::origin;
    return std::nullopt;
}

// Authenticator data (6.1): a head, the key that was made, and extensions.
constexpr std::uint8_t flag_present = 0x01;
constexpr std::uint8_t flag_verified = 0x04;
constexpr std::uint8_t flag_key = 0x40;
constexpr std::uint8_t flag_extensions = 0x80;
constexpr std::size_t head_size = 37;
constexpr std::size_t aaguid_size = 16;

struct AuthenticatorData {
    std::string_view party;  // SHA-256 of its id
    std::uint8_t flags = 0;
    std::uint32_t counter = 0;
    std::string_view key_id;  // of a key that was made
    std::string_view key;     // COSE

    [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

std::optional<AuthenticatorData> read_data(std::string_view bytes) {
    if (bytes.size() < head_size) return std::nullopt;
    AuthenticatorData data{.party = bytes.substr(0, 32),
                           .flags = static_cast<std::uint8_t>(bytes[32]),
                           .counter = big_endian(bytes.substr(33, 4)),
                           .key_id = {},
                           .key = {}};
    auto rest = bytes.substr(head_size);
    if (data.has(flag_key)) {
        if (rest.size() < aaguid_size + 2) return std::nullopt;
        const auto length = big_endian(rest.substr(aaguid_size, 2));
        rest.remove_prefix(aaguid_size + 2);
        if (length == 0 || length > key_id_max || length > rest.size()) return std::nullopt;
        data.key_id = rest.substr(0, length);
        rest.remove_prefix(length);
    }
    CborReader reader{rest};
    if (data.has(flag_key)) {
        const auto key = reader.item();
        if (!key) return std::nullopt;
        data.key = *key;
    }
    if (data.has(flag_extensions)) {
        const auto before = reader;
        if (!reader.map()) return std::nullopt;
        reader = before;
        if (!reader.item()) return std::nullopt;
    }
    return reader.is_done() ? std::optional{data} : std::nullopt;
}

std::optional<Unfit> wrong_flags(const AuthenticatorData& data, const RelyingParty& party) {
    if (data.party != crypto::view(crypto::sha256(party.id))) return Unfit::party;
    if (!data.has(flag_present)) return Unfit::not_present;
    if (!data.has(flag_verified)) return Unfit::not_verified;
    return std::nullopt;
}

// The attestation object (6.5): three members, in any order.
struct Attestation {
    std::string_view format;
    std::string_view statement;  // CBOR
    std::string_view data;
};

std::optional<Attestation> read_attestation(std::string_view bytes) {
    CborReader reader{bytes};
    if (reader.map() != std::uint64_t{3}) return std::nullopt;
    std::optional<std::string_view> format;
    std::optional<std::string_view> statement;
    std::optional<std::string_view> data;
    for (int i = 0; i < 3; ++i) {
        const auto name = reader.text();
        if (name == "fmt") {
            format = reader.text();
        } else if (name == "attStmt") {
            statement = reader.item();
        } else if (name == "authData") {
            data = reader.bytes();
        } else {
            return std::nullopt;
        }
    }
    if (!format || !statement || !data || !reader.is_done()) return std::nullopt;
    return Attestation{.format = *format, .statement = *statement, .data = *data};
}

// Of a COSE key (RFC 9052): the member 3.
std::optional<std::int64_t> algorithm_of(std::string_view key) {
    CborReader reader{key};
    const auto pairs = reader.map();
    for (std::uint64_t i = 0; i < pairs.value_or(0); ++i) {
        const auto label = reader.integer();
        if (!label) return std::nullopt;
        if (*label == 3) return reader.integer();
        if (!reader.item()) return std::nullopt;
    }
    return std::nullopt;
}

std::optional<KeyAlgorithm> known(std::int64_t number) {
    for (const auto one : {KeyAlgorithm::es256, KeyAlgorithm::eddsa, KeyAlgorithm::rs256}) {
        if (number == static_cast<std::int64_t>(one)) return one;
    }
    return std::nullopt;
}

// Of the key itself: its algorithm and a signature, and no certificates.
bool is_of_the_key(std::string_view statement, KeyAlgorithm algorithm) {
    CborReader reader{statement};
    if (reader.map() != std::uint64_t{2}) return false;
    bool has_algorithm = false;
    bool has_signature = false;
    for (int i = 0; i < 2; ++i) {
        const auto name = reader.text();
        if (name == "alg") {
            has_algorithm = reader.integer() == static_cast<std::int64_t>(algorithm);
        } else if (name == "sig") {
            const auto signature = reader.bytes();
            has_signature = signature && !signature->empty() && signature->size() <= signature_max;
        }
    }
    return has_algorithm && has_signature && reader.is_done();
}

// libfido2's key of ours; null where it is none of the curve, or of another length.
template <class Key>
Owned<Key> key_from(Key* made, int (*read)(Key*, const void*, std::size_t),
                    EVP_PKEY* (*check)(const Key*), std::string_view bytes, std::size_t size) {
    auto key = owned(made);
    const bool is_one = bytes.size() == size && read(key.get(), bytes.data(), bytes.size()) == 0;
    const Owned<EVP_PKEY> checked{is_one ? check(key.get()) : nullptr};
    return checked ? std::move(key) : nullptr;
}
Owned<es256_pk_t> es256_from(std::string_view bytes) {
    return key_from(es256_pk_new(), es256_pk_from_ptr, es256_pk_to_EVP_PKEY, bytes, 64);
}
Owned<eddsa_pk_t> eddsa_from(std::string_view bytes) {
    return key_from(eddsa_pk_new(), eddsa_pk_from_ptr, eddsa_pk_to_EVP_PKEY, bytes, 32);
}
Owned<rs256_pk_t> rs256_from(std::string_view bytes) {
    return key_from(rs256_pk_new(), rs256_pk_from_ptr, rs256_pk_to_EVP_PKEY, bytes, 259);
}

bool is_a_key(KeyAlgorithm algorithm, std::string_view bytes) {
    switch (algorithm) {
        case KeyAlgorithm::es256:
            return es256_from(bytes) != nullptr;
        case KeyAlgorithm::eddsa:
            return eddsa_from(bytes) != nullptr;
        case KeyAlgorithm::rs256:
            return rs256_from(bytes) != nullptr;
    }
    return false;
}

// The key that was made, read by libfido2; and its own signature, where there is one.
Result<std::string, Unfit> key_in(const Attestation& attestation, KeyAlgorithm algorithm,
                                  const RelyingParty& party, std::string_view client_data) {
    begin();
    const auto credential = owned(fido_cred_new());
    auto* const one = credential.get();
    const auto hash = crypto::sha256(client_data);
    const bool is_read = fido_cred_set_type(one, static_cast<int>(algorithm)) == FIDO_OK &&
                         fido_cred_set_clientdata_hash(one, hash.data(), hash.size()) == FIDO_OK &&
                         fido_cred_set_rp(one, party.id.c_str(), party.name.c_str()) == FIDO_OK &&
                         fido_cred_set_uv(one, FIDO_OPT_TRUE) == FIDO_OK &&
                         fido_cred_set_authdata_raw(one, bytes_of(attestation.data),
                                                    attestation.data.size()) == FIDO_OK &&
                         fido_cred_pubkey_ptr(one) != nullptr;
    if (!is_read) return No{Unfit::malformed};
    std::string key{reinterpret_cast<const char*>(fido_cred_pubkey_ptr(one)),
                    fido_cred_pubkey_len(one)};
    if (!is_a_key(algorithm, key)) return No{Unfit::malformed};
    if (attestation.format == "none") {
        if (attestation.statement != "\xa0") return No{Unfit::attestation};
        return key;
    }
    if (attestation.format != "packed" || !is_of_the_key(attestation.statement, algorithm)) {
        return No{Unfit::attestation};
    }
    const bool is_stated = fido_cred_set_fmt(one, "packed") == FIDO_OK &&
                           fido_cred_set_attstmt(one, bytes_of(attestation.statement),
                                                 attestation.statement.size()) == FIDO_OK;
    if (!is_stated) return No{Unfit::malformed};
    if (fido_cred_verify_self(one) != FIDO_OK) return No{Unfit::signature};
    return key;
}

bool is_signed(const Assertion& said, const NewPasskey& passkey, const RelyingParty& party) {
    begin();
    const auto assertion = owned(fido_assert_new());
    auto* const one = assertion.get();
    const auto hash = crypto::sha256(said.client_data);
    const bool is_read =
        fido_assert_set_clientdata_hash(one, hash.data(), hash.size()) == FIDO_OK &&
        fido_assert_set_rp(one, party.id.c_str()) == FIDO_OK &&
        fido_assert_set_up(one, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_uv(one, FIDO_OPT_TRUE) == FIDO_OK &&
        fido_assert_set_count(one, 1) == FIDO_OK &&
        fido_assert_set_authdata_raw(one, 0, bytes_of(said.authenticator_data),
                                     said.authenticator_data.size()) == FIDO_OK &&
        fido_assert_set_sig(one, 0, bytes_of(said.signature), said.signature.size()) == FIDO_OK;
    if (!is_read) return false;
    const auto verified = [&](const auto& key) {
        return key != nullptr && fido_assert_verify(one, 0, static_cast<int>(passkey.algorithm),
                                                    key.get()) == FIDO_OK;
    };
    switch (passkey.algorithm) {
        case KeyAlgorithm::es256:
            return verified(es256_from(passkey.public_key));
        case KeyAlgorithm::eddsa:
            return verified(eddsa_from(passkey.public_key));
        case KeyAlgorithm::rs256:
            return verified(rs256_from(passkey.public_key));
    }
    return false;
}

// Whoever counts counts on (6.1.1); whoever does not says 0, and has always said so.
bool counts_on(std::uint32_t before, std::uint32_t now) {
    return now > before || (now == 0 && before == 0);
}

constexpr int timeout_ms = 300'000;

void write_keys(json::Writer& writer, std::string_view name, const std::vector<std::string>& ids) {
    writer.key(name).begin_array();
    for (const auto& id : ids) {
        writer.begin_object()
            .member("type", "public-key")
            .member("id", crypto::base64url(id))
            .end_object();
    }
    writer.end_array();
}

}  // namespace

std::string_view name(Unfit unfit) {
    constexpr std::array<std::string_view, 13> names{
        "malformed",   "operation",    "challenge", "origin",     "party",
        "not_present", "not_verified", "other_key", "other_user", "algorithm",
        "attestation", "signature",    "counter"};
    return names.at(static_cast<std::size_t>(unfit));
}

std::optional<std::string> key_id_of(const json::Value& credential) {
    auto id = bytes_at(credential, "rawId", key_id_max);
    const bool is_same = id && bytes_at(credential, "id", key_id_max) == id;
    return is_same ? std::move(id) : std::nullopt;
}

Result<NewPasskey, Unfit> verify_registration(const json::Value& credential,
                                              const RelyingParty& party,
                                              std::string_view challenge) {
    const auto envelope = envelope_of(credential);
    if (!envelope) return No{Unfit::malformed};
    const auto object = bytes_at(*envelope->response, "attestationObject", attestation_max);
    const auto attestation = object ? read_attestation(*object) : std::nullopt;
    const auto data = attestation ? read_data(attestation->data) : std::nullopt;
    if (!data) return No{Unfit::malformed};
    const auto wrong =
        wrong_client_data(envelope->client_data, "webauthn.create", party, challenge);
    if (wrong) return No{*wrong};
    if (const auto flags = wrong_flags(*data, party)) return No{*flags};
    if (!data->has(flag_key)) return No{Unfit::malformed};
    if (data->key_id != envelope->id) return No{Unfit::other_key};
    const auto said = algorithm_of(data->key);
    if (!said) return No{Unfit::malformed};
    const auto algorithm = known(*said);
    if (!algorithm) return No{Unfit::algorithm};
    auto key = key_in(*attestation, *algorithm, party, envelope->client_data);
    if (!key) return No{key.error()};
    return NewPasskey{.id = envelope->id,
                      .algorithm = *algorithm,
                      .public_key = *std::move(key),
                      .counter = data->counter};
}

Result<Assertion, Unfit> verify_assertion(const json::Value& credential, const NewPasskey& passkey,
                                          std::string_view user, const RelyingParty& party,
                                          std::string_view challenge) {
    const auto envelope = envelope_of(credential);
    if (!envelope) return No{Unfit::malformed};
    const auto& response = *envelope->response;
    auto bytes = bytes_at(response, "authenticatorData", authenticator_data_max);
    auto signature = bytes_at(response, "signature", signature_max);
    const auto data = bytes ? read_data(*bytes) : std::nullopt;
    if (!data || !signature || data->has(flag_key)) return No{Unfit::malformed};
    const auto* const handle = response.find("userHandle");
    const bool names_user = handle != nullptr && !handle->is_null();
    const auto named = names_user ? bytes_at(response, "userHandle", user_max) : std::nullopt;
    if (names_user && !named) return No{Unfit::malformed};
    const auto wrong = wrong_client_data(envelope->client_data, "webauthn.get", party, challenge);
    if (wrong) return No{*wrong};
    if (const auto flags = wrong_flags(*data, party)) return No{*flags};
    if (envelope->id != passkey.id) return No{Unfit::other_key};
    if (named && *named != user) return No{Unfit::other_user};
    const auto counter = data->counter;
    Assertion said{.key_id = envelope->id,
                   .counter = counter,
                   .authenticator_data = *std::move(bytes),
                   .client_data = envelope->client_data,
                   .signature = *std::move(signature)};
    if (!is_signed(said, passkey, party)) return No{Unfit::signature};
    if (!counts_on(passkey.counter, counter)) return No{Unfit::counter};
    return said;
}

std::string user_handle(std::string_view person) {
    return std::string{crypto::view(crypto::sha256("lango person " + std::string{person}))};
}

std::string creation_options(const RelyingParty& party, std::string_view person,
                             std::string_view challenge, const std::vector<std::string>& known) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .key("rp")
        .begin_object()
        .member("id", party.id)
        .member("name", party.name)
        .end_object()
        .key("user")
        .begin_object()
        .member("id", crypto::base64url(user_handle(person)))
        .member("name", person)
        .member("displayName", person)
        .end_object()
        .member("challenge", crypto::base64url(challenge))
        .key("pubKeyCredParams")
        .begin_array();
    for (const auto one : {KeyAlgorithm::es256, KeyAlgorithm::eddsa, KeyAlgorithm::rs256}) {
        writer.begin_object()
            .member("type", "public-key")
            .member("alg", static_cast<std::int64_t>(one))
            .end_object();
    }
    writer.end_array().member("timeout", timeout_ms);
    write_keys(writer, "excludeCredentials", known);
    writer.key("authenticatorSelection")
        .begin_object()
        .member("residentKey", "preferred")
        .member("userVerification", "required")
        .end_object()
        .member("attestation", "none")
        .end_object();
    return out;
}

std::string request_options(const RelyingParty& party, std::string_view challenge,
                            const std::vector<std::string>& allowed) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("challenge", crypto::base64url(challenge))
        .member("timeout", timeout_ms)
        .member("rpId", party.id);
    write_keys(writer, "allowCredentials", allowed);
    writer.member("userVerification", "required").end_object();
    return out;
}

}  // namespace lango::people
