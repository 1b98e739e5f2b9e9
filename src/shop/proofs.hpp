// What a shop checks before it believes, with each step kept so that a person can follow it
// (docs/formats/signatures.md, docs/formats/window.md). Computed here from the documents alone, by
// nothing that the gateway signs with.
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/message.hpp"

namespace lango::shop {

struct Keys {
    std::string access_key;
    std::string private_access_key;
    std::string webhook_secret;  // "whsec_.."
};

// The page's signature inside a postback.
struct BodyProof {
    std::string signed_part;  // additional_data, the bytes as they came
    std::string inner;        // md5(signed part)
    std::string expected;     // sha1(access key + private access key + inner)
    std::string received;
    bool holds = false;
};
[[nodiscard]] BodyProof prove_body(const Keys& keys, std::string_view body);

// The headers of Standard Webhooks around it.
struct HeaderProof {
    std::string id;
    std::string timestamp;
    std::string expected;
    std::string received;
    bool fresh = false;  // of the last five minutes
    bool holds = false;
};
[[nodiscard]] HeaderProof prove_headers(const Keys& keys, const http::Headers& headers,
                                        std::string_view body, Instant now);

// An address that a link of the payment window carries.
struct AddressProof {
    std::string url;       // what its first half says
    std::string message;   // what is signed
    std::string expected;  // hmac-sha256(private access key, message)
    std::string received;  // its second half
    bool holds = false;
};
[[nodiscard]] AddressProof prove_address(const Keys& keys, std::string_view text);

}  // namespace lango::shop
