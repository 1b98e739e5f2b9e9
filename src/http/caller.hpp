// Who calls, behind proxies.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace lango::http {

// In trusted_proxies: whoever connects to our local socket.
inline constexpr std::string_view local_proxy = "local";

[[nodiscard]] bool is_trusted(std::string_view address,
                              const std::vector<std::string>& trusted_proxies);

// The address of the caller. X-Forwarded-For is believed only from a trusted socket peer, from
// right to left, up to the first address that is not a trusted proxy itself: what stands left of it
// is the caller's own writing. An entry that is no address ends the search. socket_peer: "" for a
// local socket.
[[nodiscard]] std::string caller_address(std::string_view socket_peer, const Headers& headers,
                                         const std::vector<std::string>& trusted_proxies);

}  // namespace lango::http
