#include "http/address_guard.hpp"

#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <string>

namespace lango::http {

namespace {

namespace ip = boost::asio::ip;

struct Block4 {
    std::uint32_t network;
    int bits;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

// The IANA special-purpose registry: nothing in it is a merchant's public server.
constexpr std::array<Block4, 14> special4{{
    {v4(0, 0, 0, 0), 8},        // this network; 0.0.0.0 connects to ourselves
    {v4(10, 0, 0, 0), 8},       // private
    {v4(100, 64, 0, 0), 10},    // carrier-grade NAT
    {v4(127, 0, 0, 0), 8},      // loopback
    {v4(169, 254, 0, 0), 16},   // link-local, cloud metadata
    {v4(172, 16, 0, 0), 12},    // private
    {v4(192, 0, 0, 0), 24},     // protocol assignments
    {v4(192, 0, 2, 0), 24},     // documentation
    {v4(192, 88, 99, 0), 24},   // 6to4 relays
    {v4(192, 168, 0, 0), 16},   // private
    {v4(198, 18, 0, 0), 15},    // benchmarks
    {v4(198, 51, 100, 0), 24},  // documentation
    {v4(203, 0, 113, 0), 24},   // documentation
    {v4(224, 0, 0, 0), 3},      // multicast, reserved, broadcast
}};

bool is_public(const ip::address_v4& address) {
    const std::uint32_t value = address.to_uint();
    for (const Block4& block : special4) {
        const std::uint32_t mask = ~std::uint32_t{0} << static_cast<unsigned>(32 - block.bits);
        if ((value & mask) == block.network) return false;
    }
    return true;
}

using Bytes6 = ip::address_v6::bytes_type;

ip::address_v4 embedded4(const Bytes6& bytes, std::size_t at) {
    return ip::address_v4{{bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]}};
}

bool starts_with(const Bytes6& bytes, std::initializer_list<unsigned> prefix) {
    std::size_t i = 0;
    for (const unsigned byte : prefix) {
        if (bytes[i++] != byte) return false;
    }
    return true;
}

bool is_public(const ip::address_v6& address) {
    const Bytes6 bytes = address.to_bytes();
    if (address.is_v4_mapped()) return is_public(embedded4(bytes, 12));
    // NAT64 (64:ff9b::/96) reaches the IPv4 address inside.
    if (starts_with(bytes, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_public(embedded4(bytes, 12));
    // Only 2000::/3 is handed out; that leaves ::, ::1, fc00::/7, fe80::/10, ff00::/8 outside.
    if ((bytes[0] & 0xE0U) != 0x20U) return false;
    if (starts_with(bytes, {0x20, 0x02})) return is_public(embedded4(bytes, 2));  // 6to4
    if (starts_with(bytes, {0x20, 0x01}) && bytes[2] < 2) return false;     // 2001::/23, Teredo
    if (starts_with(bytes, {0x20, 0x01, 0x0d, 0xb8})) return false;         // documentation
    return !(starts_with(bytes, {0x3f, 0xff}) && (bytes[2] & 0xF0U) == 0);  // documentation
}

}  // namespace

bool AddressGuard::allows(std::string_view address) const {
    boost::system::error_code error;
    const ip::address parsed = ip::make_address(std::string(address), error);
    if (error) return false;
    if (allow_private) return true;
    return parsed.is_v4() ? is_public(parsed.to_v4()) : is_public(parsed.to_v6());
}

}  // namespace lango::http
