#include "http/target.hpp"

#include <gtest/gtest.h>

#include "http/request_writer.hpp"

namespace lango::http {
namespace {

TEST(Target, TakesAUrlApart) {
    const auto target = parse_target("HTTPS://Shop.Example:8443/a%20b?c=d&e#f");
    ASSERT_TRUE(target);
    EXPECT_TRUE(target->tls);
    EXPECT_EQ(target->host, "shop.example");
    EXPECT_EQ(target->port, 8443);
    EXPECT_EQ(target->authority, "shop.example:8443");
    EXPECT_EQ(target->resource, "/a%20b?c=d&e");
}

TEST(Target, FillsInWhatIsLeftOut) {
    const auto target = parse_target("http://a?b");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->port, 80);
    EXPECT_EQ(target->authority, "a");
    EXPECT_EQ(target->resource, "/?b");
    EXPECT_EQ(parse_target("https://a:443/")->authority, "a");
    EXPECT_EQ(parse_target("http://[::1]:8080/")->host, "::1");
    EXPECT_EQ(parse_target("http://[::1]:8080/")->authority, "[::1]:8080");
}

TEST(Target, RefusesEverythingElse) {
    for (const char* url :
         {"", "a", "//a/b", "ftp://a/", "file:///etc/passwd", "http:///a", "http://u:p@a/",
          "http://a:0/", "http://a:70000/", "http://a b/", "http://a%2eb/",
          "http://[fe80::1%25lo]/", "http://a/\r\nX: y", "javascript:1",
          // What Boost.URL 1.81 takes for other hosts, ports and paths than everybody else.
          "http://127.0.0.1%2eexample/", "http://127.0.0.1%2Eexample", "http://127.0.0.1%41:80/",
          "http://127.0.0.1:35247%41/x", "http://127.0.0.1:100783/", "http://a:65536/",
          "http://a:4294967297/", "http://a:99999999999999999999/", "http://[::1]%41/",
          "http://[::1]x/", "http://a:80:80/", "http://a:-1/", "http://a:+1/"}) {
        EXPECT_FALSE(parse_target(url)) << url;
    }
}

TEST(Target, PrintsBackAsItCame) {
    for (const std::string url :
         {"http://a/", "https://a.example/b%2fc?d=%41&e=//", "http://a:65535/x", "http://a:1/?",
          "http://[2001:db8::1]:8443/p", "https://127.0.0.1/:80//x"}) {
        const auto target = parse_target(url);
        ASSERT_TRUE(target) << url;
        EXPECT_EQ((target->tls ? "https://" : "http://") + target->authority + target->resource,
                  url);
    }
    EXPECT_EQ(parse_target("http://a:00081/")->port, 81);
}

TEST(RequestWriter, WritesTheWholeRequest) {
    ClientRequest request;
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = "{}";
    std::string out;
    ASSERT_TRUE(append_request(out, request, *parse_target("http://a:81/b?c"), "Lango"));
    EXPECT_EQ(out,
              "POST /b?c HTTP/1.1\r\nHost: a:81\r\nContent-Type: application/json\r\nUser-Agent: "
              "Lango\r\n"
              "Content-Length: 2\r\n\r\n{}");
}

TEST(RequestWriter, RefusesHeadersThatWouldWriteOthers) {
    using Field = std::pair<std::string, std::string>;
    for (const Field& field :
         {Field{"A", "b\r\nC: d"}, Field{"A\r\nB", "c"}, Field{"", "a"}, Field{"A b", "c"},
          Field{"host", "b"}, Field{"Content-length", "1"}, Field{"A", std::string(1, '\0')}}) {
        ClientRequest request;
        request.headers.push_back(field);
        std::string out;
        EXPECT_FALSE(append_request(out, request, *parse_target("http://a/"), "Lango"))
            << field.first;
        EXPECT_EQ(out, "");
    }
}

}  // namespace
}  // namespace lango::http
