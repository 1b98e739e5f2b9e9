// Base64 of URLs (RFC 4648, section 5), without padding.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace lango::crypto {

[[nodiscard]] std::string base64url(std::string_view bytes);
// Nothing for another text of the same bytes, and for what is none.
[[nodiscard]] std::optional<std::string> unbase64url(std::string_view text);

}  // namespace lango::crypto
