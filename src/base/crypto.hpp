// Digests, encodings and sealing, over OpenSSL and libsodium. All thread safe.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/secret.hpp"

namespace lango::crypto {

using Sha256 = std::array<unsigned char, 32>;

[[nodiscard]] std::string hex(std::string_view bytes);                  // lowercase
[[nodiscard]] std::optional<std::string> unhex(std::string_view text);  // either case
[[nodiscard]] std::string base64(std::string_view bytes);               // standard, padded
[[nodiscard]] std::optional<std::string> unbase64(std::string_view text);
[[nodiscard]] std::string md5_hex(std::string_view text);   // the page's signatures only
[[nodiscard]] std::string sha1_hex(std::string_view text);  // the page's signatures only
[[nodiscard]] Sha256 sha256(std::string_view text);
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view text);
[[nodiscard]] inline std::string_view view(const Sha256& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
// Takes as long whatever the difference; lengths are not secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

// The installation's master key (32 bytes). What it derives and seals stays readable as long as
// the key file is kept; without it sealed values are lost. After a rotation the earlier keys stay
// beside it, and read what was made with them.
class MasterKey {
  public:
    explicit MasterKey(const std::array<unsigned char, 32>& bytes) : keys_{bytes} {}
    // A line of 64 hex digits for each key, the current one first; empty lines do not count.
    [[nodiscard]] static std::optional<MasterKey> from_hex(std::string_view text);
    [[nodiscard]] static MasterKey make(Random& random);
    // A fresh key before all these.
    [[nodiscard]] MasterKey rotated(Random& random) const;
    [[nodiscard]] std::string hex() const;  // lines, none after the last
    [[nodiscard]] std::size_t size() const { return keys_.size(); }

    // Keyed hash of an API secret, for storing and looking it up (reliability, Security).
    [[nodiscard]] std::string lookup_hash(std::string_view secret) const;  // 32 raw bytes
    // What it may have been stored as, by each key, the current one first.
    [[nodiscard]] std::vector<std::string> lookup_hashes(std::string_view secret) const;
    // First 16 bytes as 32 hex digits of HMAC-SHA256(key, purpose NUL subject): unguessable
    // tokens that need no storage.
    [[nodiscard]] std::string token(std::string_view purpose, std::string_view subject) const;
    // By each key, the current one first: what it may have been when it was told.
    [[nodiscard]] std::vector<std::string> tokens(std::string_view purpose,
                                                  std::string_view subject) const;
    // Whether it is that of any of the keys: what was told before a rotation comes back after it.
    [[nodiscard]] bool is_token(std::string_view purpose, std::string_view subject,
                                std::string_view given) const;
    // XSalsa20-Poly1305 with a random nonce; raw bytes. use says what for and in which row
    // ("merchants/3/private_key"): sealed for one use it opens for no other, so that who can write
    // the database cannot move it.
    [[nodiscard]] std::string seal(std::string_view use, std::string_view plain,
                                   Random& random) const;
    [[nodiscard]] std::optional<Secret> open(std::string_view use, std::string_view sealed) const;
    // As sealed before uses were named; only for sealing it anew.
    [[nodiscard]] std::optional<Secret> open_unnamed(std::string_view sealed) const;

  private:
    using Key = std::array<unsigned char, 32>;
    std::vector<Key> keys_;  // the current one first
};

}  // namespace lango::crypto
