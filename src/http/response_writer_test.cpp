#include "http/response_writer.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

std::string head_of(const Response& response, const Framing& framing = {}) {
    std::string out;
    append_head(out, response, framing, "DATE", "0123456789abcdef");
    return out;
}

TEST(ResponseWriter, WritesTheHead) {
    EXPECT_EQ(head_of({.status = 404, .body = "abc"}),
              "HTTP/1.1 404 Not Found\r\nDate: DATE\r\nContent-Type: "
              "application/json\r\nContent-Length: 3\r\n"
              "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
              "X-Request-Id: 0123456789abcdef\r\n\r\n");
}

TEST(ResponseWriter, APageMaySayWhatItNeedsAndNothingElseIsShownAsOne) {
    Response page;
    page.headers = {{"content-security-policy", "default-src 'self'"}};
    EXPECT_NE(head_of(page).find("content-security-policy: default-src 'self'\r\n"),
              std::string::npos);
    EXPECT_EQ(head_of(page).find("frame-ancestors"), std::string::npos);
    EXPECT_NE(head_of({.status = 500}).find("frame-ancestors 'none'"), std::string::npos);
}

TEST(ResponseWriter, WhoComesByHttpsIsToldToComeByNothingElse) {
    EXPECT_EQ(head_of({}).find("Strict-Transport-Security"), std::string::npos);
    EXPECT_NE(
        head_of({}, {.https = true}).find("\r\nStrict-Transport-Security: max-age=31536000\r\n"),
        std::string::npos);
}

TEST(ResponseWriter, HandlersMaySayHowToCacheButNotHowToFrame) {
    Response response;
    response.headers = {{"cache-control", "max-age=60"},
                        {"Content-Length", "7"},
                        {"Transfer-Encoding", "chunked"},
                        {"Set-Cookie", "a=b"},
                        {"Location", "/x\r\nSet-Cookie: evil=1"}};
    const std::string head = head_of(response);
    EXPECT_NE(head.find("cache-control: max-age=60\r\n"), std::string::npos);
    EXPECT_EQ(head.find("no-store"), std::string::npos);
    EXPECT_NE(head.find("Content-Length: 0\r\n"), std::string::npos);
    EXPECT_EQ(head.find("chunked"), std::string::npos);
    EXPECT_NE(head.find("Set-Cookie: a=b\r\n"), std::string::npos);
    EXPECT_EQ(head.find("evil"), std::string::npos);
}

TEST(ResponseWriter, SomeAnswersHaveNoBody) {
    EXPECT_EQ(head_of({.status = 204}).find("Content-Length"), std::string::npos);
    EXPECT_FALSE(has_body({.status = 304, .body = "x"}, {}));
    EXPECT_FALSE(has_body({.body = "x"}, {.head = true}));
    EXPECT_TRUE(has_body({.body = "x"}, {}));
}

TEST(DateText, IsThatOfTheStandard) {
    DateText date;
    date.refresh(std::chrono::sys_seconds{std::chrono::seconds{784'111'777}});
    EXPECT_EQ(date.view(), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(RequestIds, AreSixteenHexDigitsAndDiffer) {
    SeededRandom random(1);
    RequestIds ids(random);
    std::string last;
    for (int i = 0; i < 100; ++i) {
        const std::string id = ids.next();
        EXPECT_EQ(id.size(), 16U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
        EXPECT_NE(id, last);
        last = id;
    }
}

}  // namespace
}  // namespace lango::http
