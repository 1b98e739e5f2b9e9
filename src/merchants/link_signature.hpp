// Signed links of the payment window (ours; docs/formats/window.md): HEX(HMAC-SHA256(private access
// key, "lango-link:" + text)). Shops that sign and the window that reads both use it.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.hpp"

namespace lango::merchants {

using LinkParameters = std::vector<std::pair<std::string, std::string>>;

// Whether a parameter is one that the window reads, and so is signed.
[[nodiscard]] bool is_link_parameter(std::string_view name);

// The known parameters, sorted by name, as name=value joined by '&', each percent-encoded but for
// the unreserved characters of RFC 3986. Others are left out. One text belongs to one set of
// parameters: '&', '=' and '%' stand in no encoded name or value.
[[nodiscard]] std::string link_text(LinkParameters parameters);

[[nodiscard]] std::string sign_link(const Secret& private_access_key,
                                    const LinkParameters& parameters);
// By any of the keys: the old one counts, too, while a merchant changes them. Hex in either case.
[[nodiscard]] bool link_verifies(std::span<const Secret> keys, const LinkParameters& parameters,
                                 std::string_view signature);

}  // namespace lango::merchants
