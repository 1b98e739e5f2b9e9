#include "http/networks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/result.hpp"

namespace lango::http {

std::vector<Network> networks(const std::string& address) {
    in6_addr parsed{};
    const auto bare = address.substr(0, address.find('%'));  // without a zone
    if (inet_pton(AF_INET6, bare.c_str(), &parsed) != 1) return {{.key = address}};
    std::string bytes;
    for (const auto byte : parsed.s6_addr) bytes += static_cast<char>(byte);
    if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
        std::array<char, INET_ADDRSTRLEN> text{};
        inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size());
        return {{.key = text.data()}};
    }
    return {{.key = "64 " + bytes.substr(0, 8)},
            {.key = "48 " + bytes.substr(0, 6), .factor = site_factor}};
}

bool NetworkCounts::has_place(const std::string& address, std::size_t most) const {
    return std::ranges::all_of(networks(address), [&](const Network& network) {
        const auto found = counts_.find(network.key);
        return found == counts_.end() ||
               found->second < most * static_cast<std::size_t>(network.factor);
    });
}

void NetworkCounts::add(const std::string& address) {
    for (const auto& network : networks(address)) ++counts_[network.key];
}

void NetworkCounts::remove(const std::string& address) {
    for (const auto& network : networks(address)) {
        const auto found = counts_.find(network.key);
        LANGO_ASSERT(found != counts_.end());
        if (--found->second == 0) counts_.erase(found);
    }
}

}  // namespace lango::http
