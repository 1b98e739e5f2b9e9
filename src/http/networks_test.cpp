// By what callers are counted.
#include "http/networks.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

std::string in_site(int network, int host) {
    return "2001:db8:7:" + std::to_string(network) + "::" + std::to_string(host);
}

TEST(Networks, AreOneOfIpv4AndTwoOfIpv6) {
    ASSERT_EQ(networks("203.0.113.7").size(), 1U);
    EXPECT_EQ(networks("203.0.113.7")[0].key, "203.0.113.7");
    EXPECT_EQ(networks("::ffff:203.0.113.7")[0].key, "203.0.113.7");
    const auto one = networks(in_site(1, 1));
    const auto other = networks(in_site(1, 2));
    const auto neighbour = networks(in_site(2, 1));
    ASSERT_EQ(one.size(), 2U);
    EXPECT_EQ(one[0].key, other[0].key);
    EXPECT_NE(one[0].key, neighbour[0].key);
    EXPECT_EQ(one[1].key, neighbour[1].key);
    EXPECT_EQ(one[1].factor, site_factor);
    EXPECT_EQ(networks("fe80::1%eth0")[0].key, networks("fe80::2")[0].key);
    EXPECT_EQ(networks("unix")[0].key, "unix");
    EXPECT_EQ(networks("")[0].key, "");
}

TEST(Networks, HaveSoManyPlacesHoweverManyAddressesTheyHave) {
    NetworkCounts counts;
    int taken = 0;
    for (int host = 1; host <= 100; ++host) {
        if (!counts.has_place(in_site(1, host), 3)) continue;
        counts.add(in_site(1, host));
        ++taken;
    }
    EXPECT_EQ(taken, 3);
    for (int network = 2; network <= 100; ++network) {
        if (!counts.has_place(in_site(network, 1), 3)) continue;
        counts.add(in_site(network, 1));
        ++taken;
    }
    EXPECT_EQ(taken, 3 * site_factor);
    EXPECT_TRUE(counts.has_place("2001:db8:8::1", 3)) << "another site";
    EXPECT_TRUE(counts.has_place("203.0.113.7", 3));
    // What goes makes place again, in its network and in its site, and leaves nothing behind.
    counts.remove(in_site(1, 2));
    EXPECT_TRUE(counts.has_place(in_site(1, 50), 3));
    counts.remove(in_site(1, 1));
    counts.remove(in_site(1, 3));
    for (int network = 2; network < 2 + 3 * site_factor - 3; ++network) {
        counts.remove(in_site(network, 1));
    }
    EXPECT_TRUE(counts.empty());
}

}  // namespace
}  // namespace lango::http
