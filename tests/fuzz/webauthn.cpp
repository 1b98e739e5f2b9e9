// What a browser says of a passkey. The first byte says what the rest is: a whole credential as
// JSON; or, as bytes, the attestation object, the key in it, signature or client data of one that
// is right otherwise; or CBOR. Nothing here was signed, so no assertion is taken.
#include "people/webauthn.hpp"

#include "base/base64url.hpp"
#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "people/cbor.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lango;
using fuzz::must;
using people::KeyAlgorithm;

namespace {

const people::RelyingParty party{.id = "localhost", .origin = "http://localhost:8080", .name = "x"};
const std::string challenge(32, 'c');
constexpr const char* key_id = "an id";

std::string client_data(std::string_view type) {
    return R"({"type":")" + std::string{type} + R"(","challenge":")" +
           crypto::base64url(challenge) + R"(","origin":"http://localhost:8080"})";
}

std::string credential(const std::vector<std::pair<std::string_view, std::string_view>>& response) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("id", crypto::base64url(key_id))
        .member("rawId", crypto::base64url(key_id))
        .member("type", "public-key")
        .key("response")
        .begin_object();
    for (const auto& [name, bytes] : response) writer.member(name, crypto::base64url(bytes));
    writer.end_object().end_object();
    return out;
}

std::string head_of(std::uint8_t flags) {
    std::string data{crypto::view(crypto::sha256(party.id))};
    data += static_cast<char>(flags);
    return data + std::string(4, '\0');
}

void check_registration(const json::Value& value) {
    const auto made = people::verify_registration(value, party, challenge);
    if (!made) {
        must(!people::name(made.error()).empty(), "a refusal has a name");
        return;
    }
    must(people::key_id_of(value) == made->id, "a passkey has the id that is named");
    const auto size = made->public_key.size();
    must(made->algorithm == KeyAlgorithm::es256   ? size == 64
         : made->algorithm == KeyAlgorithm::eddsa ? size == 32
                                                  : size == 259,
         "a key is of its algorithm's length");
    must(!people::verify_registration(value, party, std::string(32, 'd')),
         "a registration is for one challenge");
}

// No key of these signed anything.
void check_assertion(const json::Value& value) {
    for (const auto& [algorithm, size] : {std::pair{KeyAlgorithm::es256, 64U},
                                          {KeyAlgorithm::eddsa, 32U},
                                          {KeyAlgorithm::rs256, 259U}}) {
        const people::NewPasskey passkey{.id = people::key_id_of(value).value_or(key_id),
                                         .algorithm = algorithm,
                                         .public_key = std::string(size, '\x05'),
                                         .counter = 0};
        must(!people::verify_assertion(value, passkey, "user", party, challenge),
             "nothing is signed by itself");
    }
}

void check(const std::string& text) {
    const auto value = json::parse(text);
    if (!value) return;
    check_registration(*value);
    check_assertion(*value);
}

void check_cbor(std::string_view input) {
    people::CborReader reader{input};
    while (const auto item = reader.item()) must(!item->empty(), "an item has bytes");
    must(input.ends_with(reader.rest()), "what is not read still stands there");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text(data, size);
    const auto which = fuzz::take(input);
    const auto create = client_data("webauthn.create");
    const auto get = client_data("webauthn.get");
    switch (which % 6) {
        case 0:
            check(std::string{input});
            break;
        case 1:
            check(credential({{"clientDataJSON", create}, {"attestationObject", input}}));
            break;
        case 2: {
            // Authenticator data behind a head that is right, with a key and without.
            const auto data_bytes = head_of(0x45) + std::string{input};
            std::string object =
                "\xa3\x63"
                "fmt\x64none\x67"
                "attStmt\xa0\x68"
                "authData\x59";
            object += static_cast<char>(data_bytes.size() >> 8 & 0xff);
            object += static_cast<char>(data_bytes.size() & 0xff);
            check(credential(
                {{"clientDataJSON", create}, {"attestationObject", object + data_bytes}}));
            break;
        }
        case 3:
            check(credential({{"clientDataJSON", get},
                              {"authenticatorData", head_of(0x05)},
                              {"signature", input}}));
            break;
        case 4:
            check(credential({{"clientDataJSON", input},
                              {"authenticatorData", head_of(which & 0x80 ? 0x85 : 0x05)},
                              {"signature", "x"}}));
            break;
        default:
            check_cbor(input);
    }
    return 0;
}
