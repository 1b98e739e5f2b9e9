#include "base/base64url.hpp"

#include <sodium.h>

namespace lango::crypto {

namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

std::string base64url(std::string_view bytes) {
    // libsodium writes a zero at the end, where std::string has room for one.
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant) - 1, '\0');
    sodium_bin2base64(out.data(), out.size() + 1,
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    return out;
}

std::optional<std::string> unbase64url(std::string_view text) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                          text.size(), nullptr, &length, nullptr, variant) != 0) {
        return std::nullopt;
    }
    out.resize(length);
    return out;
}

}  // namespace lango::crypto
