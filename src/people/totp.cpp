#include "people/totp.hpp"

#include <oath.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "base/crypto.hpp"

namespace lango::people::totp {

namespace {

constexpr unsigned digits = 6;
constexpr std::size_t secret_bytes = 20;
constexpr std::int64_t ahead_max = 1 + clock_step / step_lasts;  // clocks are put right that far

void begin() {
    static const int begun = oath_init();
    if (begun != OATH_OK) throw std::runtime_error{"liboath does not begin"};
}

struct Free {
    void operator()(char* text) const { std::free(text); }
};

}  // namespace

Secret make_secret(Random& random) {
    std::array<unsigned char, secret_bytes> bytes{};
    random.fill(bytes);
    return Secret{std::string{bytes.begin(), bytes.end()}};
}

std::string base32(const Secret& secret) {
    begin();
    char* text = nullptr;
    const auto& bytes = secret.reveal();
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, nullptr) != OATH_OK) {
        throw std::runtime_error{"a secret that base32 does not take"};
    }
    const std::unique_ptr<char, Free> owner{text};
    return text;
}

Secret from_base32(const std::string& text) {
    begin();
    char* bytes = nullptr;
    std::size_t size = 0;
    if (oath_base32_decode(text.data(), text.size(), &bytes, &size) != OATH_OK) {
        throw std::runtime_error{"a text that is no base32"};
    }
    const std::unique_ptr<char, Free> owner{bytes};
    return Secret{std::string{bytes, size}};
}

std::string uri(const Secret& secret, std::string_view name) {
    return "otpauth://totp/Lango:" + std::string{name} + "?secret=" + base32(secret) +
           "&issuer=Lango";
}

std::int64_t step_at(Instant now) { return now.time_since_epoch() / step_lasts; }

std::string code_at(const Secret& secret, std::int64_t step) {
    begin();
    std::array<char, digits + 1> code{};
    const auto& bytes = secret.reveal();
    // TOTP is HOTP of the number of the step (RFC 6238, 4.2).
    const auto done =
        oath_hotp_generate(bytes.data(), bytes.size(), static_cast<std::uint64_t>(step), digits,
                           false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
    if (done != OATH_OK) throw std::runtime_error{"liboath makes no code"};
    return code.data();
}

std::optional<std::int64_t> step_of(const Secret& secret, std::string_view code, Instant now,
                                    std::int64_t last) {
    std::optional<std::int64_t> found;
    const auto current = step_at(now);
    // Of a clock that was ahead: nobody knows when that code was used.
    if (last > current + ahead_max) last = current - 2;
    for (auto step = current - 1; step <= current + 1; ++step) {
        const bool is_it = crypto::equal_in_constant_time(code_at(secret, step), code);
        if (is_it && step > last && !found) found = step;
    }
    return found;
}

}  // namespace lango::people::totp
