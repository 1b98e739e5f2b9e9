#include "http/own_page.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

Request from(std::string host, std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.host = std::move(host);
    for (auto& [name, value] : headers) request.headers.add(name, value);
    return request;
}

TEST(OwnPage, OfThisMachineAndProgramsAreTaken) {
    for (const auto* host :
         {"", "localhost", "api.demo.localhost", "127.0.0.1", "127.8.9.10", "[::1]"}) {
        EXPECT_FALSE(is_from_foreign_page(from(host))) << host;
        EXPECT_FALSE(is_from_foreign_page(
            from(host, {{"Origin", "http://localhost:8080"}, {"Sec-Fetch-Site", "same-site"}})))
            << host;
    }
    EXPECT_FALSE(is_from_foreign_page(from("[::1]", {{"Origin", "http://[::1]:9100"}})));
}

TEST(OwnPage, OfAnotherNameIsNotWhateverItResolvesTo) {
    for (const auto* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                             "127.evil", "evillocalhost", "10.0.0.1", "[::2]"}) {
        EXPECT_TRUE(is_from_foreign_page(from(host))) << host;
    }
}

TEST(OwnPage, OfAStrangersSiteIsNot) {
    EXPECT_TRUE(is_from_foreign_page(from("localhost", {{"Sec-Fetch-Site", "cross-site"}})));
    for (const auto* origin :
         {"https://evil.example", "null", "", "http://127.0.0.1.evil.example:80",
          "http://localhost.evil.example", "file://", "http://localhost@evil.example"}) {
        EXPECT_TRUE(is_from_foreign_page(from("localhost", {{"Origin", origin}}))) << origin;
    }
}

}  // namespace
}  // namespace lango::http
