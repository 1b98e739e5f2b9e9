// One key, several uses: each has a name that goes into the hash, so that what one use shows the
// world (a token in a URL) says nothing about another (a sealing key).
#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lango::crypto {
namespace {

using Key = std::array<unsigned char, 32>;
static_assert(crypto_secretbox_KEYBYTES == sizeof(Key));
constexpr std::size_t nonce_size = crypto_secretbox_NONCEBYTES;
constexpr std::size_t mac_size = crypto_secretbox_MACBYTES;
constexpr std::string_view lookup_purpose = "lango api secret";
constexpr std::string_view seal_purpose = "lango seal";

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// HMAC-SHA256(key, purpose NUL subject)
Sha256 derive(const Key& key, std::string_view purpose, std::string_view subject) {
    LANGO_ASSERT(purpose.find('\0') == std::string_view::npos);
    std::string text;
    text.reserve(purpose.size() + 1 + subject.size());
    text.append(purpose).append(1, '\0').append(subject);
    return hmac_sha256(view(key), text);
}

}  // namespace

std::optional<MasterKey> MasterKey::from_hex(std::string_view text) {
    const auto bytes = unhex(text);
    Key key;
    if (!bytes || bytes->size() != key.size()) return std::nullopt;
    std::copy_n(bytes_of(*bytes), key.size(), key.begin());
    return MasterKey(key);
}

MasterKey MasterKey::make(Random& random) {
    Key key;
    random.fill(key);
    return MasterKey(key);
}

std::string MasterKey::hex() const { return crypto::hex(view(bytes_)); }

std::string MasterKey::lookup_hash(std::string_view secret) const {
    return std::string(view(derive(bytes_, lookup_purpose, secret)));
}

std::string MasterKey::token(std::string_view purpose, std::string_view subject) const {
    LANGO_ASSERT(purpose != lookup_purpose && purpose != seal_purpose);
    const Sha256 whole = derive(bytes_, purpose, subject);
    return crypto::hex(view(whole).substr(0, 16));
}

std::string MasterKey::seal(std::string_view plain, Random& random) const {
    std::string out(nonce_size + mac_size + plain.size(), '\0');
    random.fill({bytes_of(out), nonce_size});
    const Key key = derive(bytes_, seal_purpose, {});
    crypto_secretbox_easy(bytes_of(out) + nonce_size, bytes_of(plain), plain.size(), bytes_of(out),
                          key.data());
    return out;
}

std::optional<Secret> MasterKey::open(std::string_view sealed) const {
    if (sealed.size() < nonce_size + mac_size) return std::nullopt;
    const std::string_view box = sealed.substr(nonce_size);
    const Key key = derive(bytes_, seal_purpose, {});
    std::string plain(box.size() - mac_size, '\0');
    if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(sealed),
                                   key.data()) != 0) {
        return std::nullopt;
    }
    return Secret(std::move(plain));
}

}  // namespace lango::crypto
