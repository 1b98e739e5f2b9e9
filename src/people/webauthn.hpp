// Passkeys: what a browser says when one is made (a registration) or used (an assertion), checked
// without a device, over libfido2 (W3C Web Authentication, level 3, sections 7.1 and 7.2). Pure: it
// keeps nothing and asks no clock; no bytes end the process.
//
// Input is what PublicKeyCredential.toJSON() makes, parsed: members in base64url without padding.
// The user must have been present and verified, always. Of attestations "none" is taken, and
// "packed" of the key itself; what kind of device it is is not asked.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace lango::people {

// For whom a passkey is good: one host, reached at one origin.
struct RelyingParty {
    std::string id;      // the host: "pay.example"
    std::string origin;  // "https://pay.example", with its port where it is not the usual one
    std::string name;    // that the browser shows
};

// COSE's numbers (RFC 9053), as stored.
enum class KeyAlgorithm : std::int32_t { es256 = -7, eddsa = -8, rs256 = -257 };

// In the order in which it is asked.
enum class Unfit : std::uint8_t {
    malformed,    // not of the form, too long, or cut off
    operation,    // made for something else than what is asked: a registration for a login
    challenge,    // for another challenge
    origin,       // on another page, or in another page's frame
    party,        // for another host
    not_present,  // nobody touched it
    not_verified,
    other_key,    // the key's id is not the one that is named, or expected
    other_user,   // it says that it is somebody else's
    algorithm,    // none of those that we take
    attestation,  // neither none nor the key's own
    signature,
    counter,  // it has been used since, elsewhere: there may be two of it
};
// "signature"
[[nodiscard]] std::string_view name(Unfit unfit);

struct NewPasskey {
    std::string id;
    KeyAlgorithm algorithm{};
    // As libfido2 takes it: x and y of ES256, 32 bytes of EdDSA, modulus and exponent of RS256.
    std::string public_key;
    std::uint32_t counter = 0;  // 0: it may count nothing
};
// challenge: the bytes that it was made for.
[[nodiscard]] Result<NewPasskey, Unfit> verify_registration(const json::Value& credential,
                                                            const RelyingParty& party,
                                                            std::string_view challenge);

// The key's id that an assertion names, by which its passkey is found. Nothing: malformed.
[[nodiscard]] std::optional<std::string> key_id_of(const json::Value& credential);

struct Assertion {
    std::string key_id;
    std::uint32_t counter = 0;       // to be kept
    std::string authenticator_data;  // these three prove it to whoever looks later
    std::string client_data;
    std::string signature;
};
// passkey: as it is kept. user: its owner's handle (user_handle), which a discoverable one says.
[[nodiscard]] Result<Assertion, Unfit> verify_assertion(const json::Value& credential,
                                                        const NewPasskey& passkey,
                                                        std::string_view user,
                                                        const RelyingParty& party,
                                                        std::string_view challenge);

// What an authenticator keeps of a person beside the key: it says no name. 32 bytes.
[[nodiscard]] std::string user_handle(std::string_view person);

// PublicKeyCredentialCreationOptionsJSON. known: ids of their passkeys, so that no authenticator
// makes a second one.
[[nodiscard]] std::string creation_options(const RelyingParty& party, std::string_view person,
                                           std::string_view challenge,
                                           const std::vector<std::string>& known);
// PublicKeyCredentialRequestOptionsJSON. allowed: ids; none: whichever the browser finds.
[[nodiscard]] std::string request_options(const RelyingParty& party, std::string_view challenge,
                                          const std::vector<std::string>& allowed);

}  // namespace lango::people
