#include "http/address_guard.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

TEST(AddressGuard, RefusesWhatIsNoPublicAddress) {
    const AddressGuard guard;
    for (const char* address : {"0.0.0.0",
                                "0.1.2.3",
                                "10.0.0.1",
                                "10.255.255.255",
                                "100.64.0.1",
                                "100.127.255.255",
                                "127.0.0.1",
                                "127.9.9.9",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.0.8",
                                "192.0.2.1",
                                "192.88.99.1",
                                "192.168.1.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.7",
                                "203.0.113.7",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::ffff:10.0.0.1",
                                "::ffff:127.0.0.1",
                                "::ffff:169.254.169.254",
                                "::127.0.0.1",
                                "64:ff9b::10.0.0.1",
                                "64:ff9b:1::1",
                                "100::1",
                                "2001::1",
                                "2001:db8::1",
                                "2002:7f00:1::",
                                "2002:a00:1::1",
                                "3fff::1",
                                "5f00::1",
                                "fc00::1",
                                "fd12:3456::1",
                                "fe80::1",
                                "fe80::1%lo",
                                "fec0::1",
                                "ff02::1"}) {
        EXPECT_FALSE(guard.allows(address)) << address;
    }
}

TEST(AddressGuard, AllowsPublicAddressesUpToTheEdges) {
    const AddressGuard guard;
    for (const char* address :
         {"1.1.1.1",          "9.255.255.255",        "11.0.0.0",        "100.63.255.255",
          "100.128.0.0",      "126.255.255.255",      "128.0.0.0",       "169.253.255.255",
          "172.15.255.255",   "172.32.0.0",           "192.0.1.0",       "192.167.255.255",
          "198.17.255.255",   "198.20.0.0",           "223.255.255.255", "::ffff:8.8.8.8",
          "64:ff9b::8.8.8.8", "2001:4860:4860::8888", "2002:808:808::1", "2606:4700::1111"}) {
        EXPECT_TRUE(guard.allows(address)) << address;
    }
}

TEST(AddressGuard, RefusesWhatIsNoAddressEvenWhereAllIsAllowed) {
    for (const bool allow_private : {false, true}) {
        const AddressGuard guard{.allow_private = allow_private};
        for (const char* address : {"", "127.1", "2130706433", "0x7f.0.0.1", "010.0.0.1",
                                    "8.8.8.8 ", "localhost", "[::1]", "8.8.8.8:80"}) {
            EXPECT_FALSE(guard.allows(address)) << address;
        }
    }
}

TEST(AddressGuard, TheSandboxAllowsPrivateOnes) {
    const AddressGuard guard{.allow_private = true};
    EXPECT_TRUE(guard.allows("127.0.0.1"));
    EXPECT_TRUE(guard.allows("::1"));
}

}  // namespace
}  // namespace lango::http
