// Codes of six digits that change every 30 seconds (RFC 6238, by liboath): what a person's phone
// shows beside their password.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace lango::people::totp {

inline constexpr Duration step_lasts = std::chrono::seconds{30};

// 20 bytes.
[[nodiscard]] Secret make_secret(Random& random);
// As it is typed into a phone.
[[nodiscard]] std::string base32(const Secret& secret);
// Throws std::runtime_error for what is no base32.
[[nodiscard]] Secret from_base32(const std::string& text);
// "otpauth://totp/Lango:amina?secret=...&issuer=Lango", which a phone's camera reads.
[[nodiscard]] std::string uri(const Secret& secret, std::string_view name);
[[nodiscard]] std::int64_t step_at(Instant now);
[[nodiscard]] std::string code_at(const Secret& secret, std::int64_t step);
// The step whose code it is: this one, the one before or the one after it, later than `last`.
// Nothing: it is none of theirs, and one of a step that was used is none any more.
[[nodiscard]] std::optional<std::int64_t> step_of(const Secret& secret, std::string_view code,
                                                  Instant now, std::int64_t last);

}  // namespace lango::people::totp
