// Which addresses the gateway may call for others (SSRF, decisions Postbacks): no loopback,
// private, link-local, CGNAT, metadata, multicast, unspecified, documentation or IPv4-mapped
// address of these, unless the installation allows private ones.
#pragma once
#include <string_view>

namespace lango::http {

struct AddressGuard {
    bool allow_private = false;  // the sandbox allows them
    // address: textual IPv4 or IPv6 as connected to. False also for what is no address.
    [[nodiscard]] bool allows(std::string_view address) const;
};

}  // namespace lango::http
