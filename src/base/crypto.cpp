#include "base/crypto.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <memory>
#include <new>
#include <stdexcept>

#include "base/result.hpp"

namespace lango::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

struct Free {
    void operator()(EVP_MD* md) const { EVP_MD_free(md); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetching looks an algorithm up under a lock and costs more than a short digest: once is enough.
EVP_MD* fetch(const char* name) {
    EVP_MD* md = EVP_MD_fetch(nullptr, name, nullptr);
    if (md == nullptr) throw std::runtime_error(std::string("OpenSSL has no ") + name);
    return md;
}

// The digest of two texts as one.
template <std::size_t Size>
std::array<unsigned char, Size> digest(const EVP_MD* md, std::string_view first,
                                       std::string_view second = {}) {
    thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    if (!context) throw std::bad_alloc();
    std::array<unsigned char, Size> out;
    const bool done = EVP_DigestInit_ex2(context.get(), md, nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                      EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
    if (!done) throw std::runtime_error("OpenSSL could not make a digest");
    return out;
}

Sha256 sha256(std::string_view first, std::string_view second) {
    static const std::unique_ptr<EVP_MD, Free> md(fetch("SHA256"));
    return digest<32>(md.get(), first, second);
}

template <std::size_t Size>
std::string hex_of(const std::array<unsigned char, Size>& bytes) {
    return hex({reinterpret_cast<const char*>(bytes.data()), Size});
}

}  // namespace

// libsodium's codecs take the same time whatever the text: keys go through them. They write a
// zero at the end, where std::string has room for one.
std::string hex(std::string_view bytes) {
    std::string out(bytes.size() * 2, '\0');
    sodium_bin2hex(out.data(), out.size() + 1, bytes_of(bytes), bytes.size());
    return out;
}

std::optional<std::string> unhex(std::string_view text) {
    std::string out(text.size() / 2, '\0');
    std::size_t length = 0;
    if (sodium_hex2bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &length,
                       nullptr) != 0) {
        return std::nullopt;
    }
    return out;
}

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4, '\0');
    sodium_bin2base64(out.data(), out.size() + 1, bytes_of(bytes), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    return out;
}

std::optional<std::string> unbase64(std::string_view text) {
    std::string out(text.size() / 4 * 3, '\0');
    std::size_t length = 0;
    if (sodium_base642bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &length,
                          nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return std::nullopt;
    }
    out.resize(length);
    return out;
}

std::string md5_hex(std::string_view text) {
    static const std::unique_ptr<EVP_MD, Free> md(fetch("MD5"));
    return hex_of(digest<16>(md.get(), text));
}

std::string sha1_hex(std::string_view text) {
    static const std::unique_ptr<EVP_MD, Free> md(fetch("SHA1"));
    return hex_of(digest<20>(md.get(), text));
}

Sha256 sha256(std::string_view text) { return sha256(text, {}); }

Sha256 hmac_sha256(std::string_view key, std::string_view text) {
    // RFC 2104 by hand: OpenSSL's EVP_MAC takes longer to set up than a short text to hash, and
    // libsodium does not use the processor's SHA instructions; either is three times slower.
    constexpr std::size_t block = 64;
    const Sha256 short_key = key.size() > block ? sha256(key) : Sha256{};
    if (key.size() > block) key = view(short_key);
    std::array<char, block> inner;
    std::array<char, block> outer;
    for (std::size_t i = 0; i < block; ++i) {
        const char byte = i < key.size() ? key[i] : '\0';
        inner[i] = static_cast<char>(byte ^ 0x36);
        outer[i] = static_cast<char>(byte ^ 0x5c);
    }
    const Sha256 inside = sha256({inner.data(), block}, text);
    return sha256({outer.data(), block}, view(inside));
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace lango::crypto
