#include "base/random.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/result.hpp"

namespace lango {
namespace {

// The same number from the same bytes on every machine, so that a seed replays anywhere.
std::uint64_t little_endian(std::span<const unsigned char, 8> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 8; i-- > 0;) value = value << 8 | bytes[i];
    return value;
}

}  // namespace

std::uint64_t Random::next() {
    std::array<unsigned char, 8> bytes{};
    fill(bytes);
    return little_endian(bytes);
}

std::uint64_t Random::below(std::uint64_t bound) {
    LANGO_ASSERT(bound > 0);
    // 2^64 mod bound: the numbers under it would make some remainders likelier than others.
    const std::uint64_t biased = (0 - bound) % bound;
    for (;;) {
        const std::uint64_t value = next();
        if (value >= biased) return value % bound;
    }
}

std::string Random::alphanumeric(std::size_t length) {
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    // Of 256 bytes only a multiple of the alphabet is used, so that all letters are as likely.
    static constexpr unsigned fair = 256 / alphabet.size() * alphabet.size();
    std::string out;
    out.reserve(length);
    std::array<unsigned char, 32> bytes{};
    while (out.size() < length) {
        const auto wanted = std::min(length - out.size(), bytes.size());
        fill(std::span(bytes).first(wanted));
        for (const unsigned char byte : std::span(bytes).first(wanted)) {
            if (byte < fair) out += alphabet[byte % alphabet.size()];
        }
    }
    return out;
}

void SystemRandom::fill(std::span<unsigned char> out) {
    static const int ready = sodium_init();
    LANGO_ASSERT(ready >= 0);
    randombytes_buf(out.data(), out.size());
}

void SeededRandom::fill(std::span<unsigned char> out) {
    while (!out.empty()) {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        z ^= z >> 31;
        const auto count = std::min<std::size_t>(out.size(), 8);
        for (unsigned char& byte : out.first(count)) {
            byte = static_cast<unsigned char>(z);
            z >>= 8;
        }
        out = out.subspan(count);
    }
}

}  // namespace lango
