#include "http/caller.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

std::string caller(std::string_view socket_peer, std::initializer_list<const char*> forwarded) {
    Headers headers;
    for (const char* value : forwarded) headers.add("x-forwarded-for", value);
    return caller_address(socket_peer, headers, {"127.0.0.1", "10.0.0.2", "local"});
}

TEST(Caller, IsTheSocketsPeerUnlessThatIsTrusted) {
    EXPECT_EQ(caller("203.0.113.5", {"1.1.1.1"}), "203.0.113.5");
    EXPECT_EQ(caller("127.0.0.1", {}), "127.0.0.1");
    EXPECT_EQ(caller("127.0.0.1", {"1.1.1.1"}), "1.1.1.1");
    EXPECT_EQ(caller("", {"1.1.1.1"}), "1.1.1.1");
    Headers headers;
    headers.add("X-Forwarded-For", "1.1.1.1");
    EXPECT_EQ(caller_address("", headers, {"127.0.0.1"}), "");
}

TEST(Caller, IsTheRightmostUntrustedHop) {
    EXPECT_EQ(caller("127.0.0.1", {"6.6.6.6, 1.1.1.1, 10.0.0.2"}), "1.1.1.1");
    EXPECT_EQ(caller("127.0.0.1", {"6.6.6.6", "1.1.1.1", "10.0.0.2 ,10.0.0.2"}), "1.1.1.1");
    EXPECT_EQ(caller("127.0.0.1", {"10.0.0.2"}), "10.0.0.2");
}

TEST(Caller, ReadsPortsAndStopsAtWhatIsNoAddress) {
    EXPECT_EQ(caller("127.0.0.1", {"1.1.1.1:4711"}), "1.1.1.1");
    EXPECT_EQ(caller("127.0.0.1", {"[2001:DB8::1]:4711"}), "2001:db8::1");
    EXPECT_EQ(caller("127.0.0.1", {"::ffff:1.1.1.1"}), "1.1.1.1");
    EXPECT_EQ(caller("127.0.0.1", {"1.1.1.1, unknown, 10.0.0.2"}), "10.0.0.2");
    EXPECT_EQ(caller("127.0.0.1", {"["}), "127.0.0.1");
    EXPECT_EQ(caller("127.0.0.1", {""}), "127.0.0.1");
}

}  // namespace
}  // namespace lango::http
