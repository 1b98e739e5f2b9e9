// The one place where addresses that a link of the payment window carries are signed and read
// (decisions, Redirects): BASE64URL(url) "." HEX(HMAC-SHA256(private access key,
// "lango-redirect:" + url)). Shops that sign and the window that follows both use it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace lango::merchants {

// What a shop puts into success_url, fail_url or pending_url.
[[nodiscard]] std::string sign_redirect(const Secret& private_access_key, std::string_view url);
// The address, if it was signed with that key and is one that a browser may be sent to; nothing
// for every other text.
[[nodiscard]] std::optional<std::string> read_redirect(const Secret& private_access_key,
                                                       std::string_view text);

// A whole http:// or https:// address of at most 2000 characters, none of which ends an attribute,
// a header or a query.
[[nodiscard]] bool is_address(std::string_view text);

}  // namespace lango::merchants
