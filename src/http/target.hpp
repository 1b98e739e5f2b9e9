// Where a request goes: a URL taken apart.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace lango::http {

struct Target {
    bool tls = false;
    std::string host;  // lowercase; IPv6 without brackets
    std::uint16_t port = 80;
    std::string
        authority;  // for the Host header: IPv6 in brackets, the port unless it is the scheme's
    std::string resource;  // "/path?query", percent-encoded as given
    [[nodiscard]] std::string origin() const {
        return (tls ? "s" : "p") + host + ' ' + std::to_string(port);
    }
};

// http and https only; no user in it. The error says what is wrong, for a log. A fragment is
// dropped.
[[nodiscard]] Result<Target, std::string> parse_target(std::string_view url);

}  // namespace lango::http
