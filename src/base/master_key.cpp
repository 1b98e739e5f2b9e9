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
    std::optional<MasterKey> found;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
        if (line.empty()) continue;
        const auto bytes = unhex(line);
        Key key;
        if (!bytes || bytes->size() != key.size()) return std::nullopt;
        std::copy_n(bytes_of(*bytes), key.size(), key.begin());
        if (found)
            found->keys_.push_back(key);
        else
            found.emplace(key);
    }
    return found;
}

MasterKey MasterKey::make(Random& random) {
    Key key;
    random.fill(key);
    return MasterKey(key);
}

MasterKey MasterKey::rotated(Random& random) const {
    auto made = make(random);
    made.keys_.insert(made.keys_.end(), keys_.begin(), keys_.end());
    return made;
}

std::string MasterKey::hex() const {
    std::string text;
    for (const auto& key : keys_) {
        if (!text.empty()) text += '\n';
        text += crypto::hex(view(key));
    }
    return text;
}

std::string MasterKey::lookup_hash(std::string_view secret) const {
    return std::string(view(derive(keys_.front(), lookup_purpose, secret)));
}

std::vector<std::string> MasterKey::lookup_hashes(std::string_view secret) const {
    std::vector<std::string> all;
    for (const auto& key : keys_) all.emplace_back(view(derive(key, lookup_purpose, secret)));
    return all;
}

namespace {

std::string token_of(const Key& key, std::string_view purpose, std::string_view subject) {
    LANGO_ASSERT(purpose != lookup_purpose && purpose != seal_purpose);
    const Sha256 whole = derive(key, purpose, subject);
    return crypto::hex(view(whole).substr(0, 16));
}

std::optional<Secret> opened(const Key& master, std::string_view use, std::string_view sealed) {
    if (sealed.size() < nonce_size + mac_size) return std::nullopt;
    const std::string_view box = sealed.substr(nonce_size);
    const Key key = derive(master, seal_purpose, use);
    std::string plain(box.size() - mac_size, '\0');
    if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(sealed),
                                   key.data()) != 0) {
        return std::nullopt;
    }
    return Secret(std::move(plain));
}

}  // namespace

std::string MasterKey::token(std::string_view purpose, std::string_view subject) const {
    return token_of(keys_.front(), purpose, subject);
}

std::vector<std::string> MasterKey::tokens(std::string_view purpose,
                                           std::string_view subject) const {
    std::vector<std::string> all;
    for (const auto& key : keys_) all.push_back(token_of(key, purpose, subject));
    return all;
}

bool MasterKey::is_token(std::string_view purpose, std::string_view subject,
                         std::string_view given) const {
    bool is = false;
    for (const auto& key : keys_) {
        is |= equal_in_constant_time(given, token_of(key, purpose, subject));
    }
    return is;
}

std::string MasterKey::seal(std::string_view use, std::string_view plain, Random& random) const {
    LANGO_ASSERT(!use.empty());
    std::string out(nonce_size + mac_size + plain.size(), '\0');
    random.fill({bytes_of(out), nonce_size});
    const Key key = derive(keys_.front(), seal_purpose, use);
    crypto_secretbox_easy(bytes_of(out) + nonce_size, bytes_of(plain), plain.size(), bytes_of(out),
                          key.data());
    return out;
}

std::optional<Secret> MasterKey::open(std::string_view use, std::string_view sealed) const {
    LANGO_ASSERT(!use.empty());
    for (const auto& key : keys_) {
        if (auto plain = opened(key, use, sealed)) return plain;
    }
    return std::nullopt;
}

std::optional<Secret> MasterKey::open_unnamed(std::string_view sealed) const {
    for (const auto& key : keys_) {
        if (auto plain = opened(key, {}, sealed)) return plain;
    }
    return std::nullopt;
}

}  // namespace lango::crypto
