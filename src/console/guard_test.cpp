#include "console/guard.hpp"

#include <gtest/gtest.h>

namespace lango::console {
namespace {

http::Request with(std::initializer_list<std::pair<std::string, std::string>> headers) {
    http::Request request;
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    return request;
}

TEST(Guard, AnswersToOneName) {
    const auto authority = authority_of("http://localhost:8084");
    EXPECT_TRUE(is_for(with({{"Host", "localhost:8084"}}), authority));
    EXPECT_TRUE(is_for(with({{"host", "LOCALHOST:8084"}}), authority));
    for (const auto* other :
         {"", "localhost", "localhost:80", "127.0.0.1:8084", "evil.example:8084",
          "localhost:8084.evil.example", "localhost:8084, evil.example"}) {
        EXPECT_FALSE(is_for(with({{"Host", other}}), authority)) << other;
    }
    EXPECT_FALSE(is_for({}, authority));
    EXPECT_EQ(authority_of("https://console.example.co.ke"), "console.example.co.ke");
}

TEST(Guard, ReadsItsOwnCookie) {
    EXPECT_EQ(cookie(with({{"Cookie", "a=1; __Host-lango=id; b=2"}}), session_cookie), "id");
    EXPECT_EQ(cookie(with({{"Cookie", "__Host-lango-known=x"}}), session_cookie), "");
    EXPECT_EQ(cookie(with({{"Cookie", "x__Host-lango=x"}}), session_cookie), "");
    EXPECT_EQ(cookie(with({{"Cookie", "a=1"}, {"Cookie", "__Host-lango=id"}}), session_cookie),
              "id");
    EXPECT_EQ(cookie(with({{"Cookie", ";;=;"}}), session_cookie), "");
    EXPECT_EQ(set_cookie(session_cookie, "id"),
              "__Host-lango=id; Path=/; Secure; HttpOnly; SameSite=Strict");
}

class Csrf : public testing::Test {
  protected:
    int status(const http::Request& request) {
        const auto refused = why_not_ours(request, master_, "http://localhost:8084");
        return refused ? refused->status : 200;
    }
    http::Request good(const std::string& origin = "http://localhost:8084",
                       const std::string& type = "application/json") {
        return with({{"Origin", origin},
                     {"Cookie", "__Host-lango=id"},
                     {"Lango-Csrf", csrf_token(master_, "id")},
                     {"Content-Type", type}});
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
};

TEST_F(Csrf, NeedsTheOriginTheSessionAndItsToken) {
    EXPECT_EQ(status(good()), 200);
    for (const auto* origin : {"http://localhost", "https://localhost:8084", "null", "",
                               "http://localhost:8084.evil.example", "http://evil.example"}) {
        EXPECT_EQ(status(good(origin)), 403) << origin;
    }
    const auto token = csrf_token(master_, "id");
    EXPECT_EQ(status(with({{"Cookie", "__Host-lango=id"},
                           {"Lango-Csrf", token},
                           {"Content-Type", "application/json"}})),
              403)
        << "no origin is none of ours";
    EXPECT_EQ(status(with({{"Origin", "http://localhost:8084"},
                           {"Cookie", "__Host-lango=another"},
                           {"Lango-Csrf", token},
                           {"Content-Type", "application/json"}})),
              403)
        << "of another session";
    EXPECT_EQ(status(with({{"Origin", "http://localhost:8084"},
                           {"Lango-Csrf", csrf_token(master_, "")},
                           {"Content-Type", "application/json"}})),
              403)
        << "of no session";
    EXPECT_EQ(status(with({{"Origin", "http://localhost:8084"}, {"Cookie", "__Host-lango=id"}})),
              403);
}

TEST_F(Csrf, TakesNothingThatAFormOfAnotherSiteCanSend) {
    for (const auto* type : {"", "text/plain", "application/x-www-form-urlencoded",
                             "multipart/form-data; boundary=x", "text/plain; application/json"}) {
        EXPECT_EQ(status(good("http://localhost:8084", type)), 415) << type;
    }
    EXPECT_EQ(status(good("http://localhost:8084", "application/json; charset=utf-8")), 200);
    EXPECT_EQ(status(good("http://localhost:8084", "application/octet-stream")), 200);
}

TEST(Guard, KnowsWhoAsksForAnotherSite) {
    EXPECT_FALSE(is_asked_elsewhere({}));
    EXPECT_FALSE(is_asked_elsewhere(with({{"Sec-Fetch-Site", "same-origin"}})));
    EXPECT_FALSE(is_asked_elsewhere(with({{"Sec-Fetch-Site", "none"}})));
    EXPECT_TRUE(is_asked_elsewhere(with({{"Sec-Fetch-Site", "cross-site"}})));
    EXPECT_TRUE(is_asked_elsewhere(with({{"Sec-Fetch-Site", "same-site"}})));
}

}  // namespace
}  // namespace lango::console
