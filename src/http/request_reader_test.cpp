#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango::http {
namespace {

using State = RequestReader::State;
using namespace std::string_literals;

constexpr RequestReader::Limits limits{.header_max = 1024, .body_max = 100};

// 0 when the request is read whole.
int refusal_of(std::string_view bytes) {
    RequestReader reader(limits);
    reader.feed(bytes);
    EXPECT_NE(reader.state(), State::header) << bytes;
    return reader.refusal();
}

struct Case {
    std::string name;
    int status;
    std::string bytes;
};

class Refused : public testing::TestWithParam<Case> {};

TEST_P(Refused, WhatTwoReadersCouldUnderstandDifferently) {
    EXPECT_EQ(refusal_of(GetParam().bytes), GetParam().status);
}

const std::string start = "POST /a HTTP/1.1\r\nHost: a\r\n";

INSTANTIATE_TEST_SUITE_P(
    Requests, Refused,
    testing::Values(
        Case{"LengthThenCoding", 400,
             start + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        Case{"CodingThenLength", 400,
             start + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"},
        Case{"CodingInOldHttp", 400,
             "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        Case{"CodingTwice", 400,
             start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        Case{"CodingUnknown", 501, start + "Transfer-Encoding: xchunked\r\n\r\n"},
        Case{"CodingChunkedThenIdentity", 501,
             start + "Transfer-Encoding: chunked, identity\r\n\r\n"},
        Case{"CodingIdentity", 501, start + "Transfer-Encoding: identity\r\n\r\n"},
        Case{"CodingEmpty", 501, start + "Transfer-Encoding:\r\n\r\n"},
        Case{"BlankBeforeColon", 400, start + "Transfer-Encoding : chunked\r\n\r\n"},
        Case{"LengthTwiceAlike", 400, start + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"},
        Case{"LengthTwice", 400, start + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"},
        Case{"LengthList", 400, start + "Content-Length: 3, 3\r\n\r\nabc"},
        Case{"LengthSigned", 400, start + "Content-Length: +3\r\n\r\nabc"},
        Case{"LengthHex", 400, start + "Content-Length: 0x3\r\n\r\nabc"},
        Case{"LengthEmpty", 400, start + "Content-Length:\r\n\r\n"},
        Case{"LengthHuge", 400, start + "Content-Length: 99999999999999999999\r\n\r\n"},
        Case{"FoldedLine", 400, start + "X: a\r\n b\r\n\r\n"},
        Case{"FoldedFirstLine", 400, "POST /a HTTP/1.1\r\n Host: a\r\n\r\n"},
        Case{"BareLf", 400, "POST /a HTTP/1.1\nHost: a\n\n"},
        Case{"BareLfInside", 400, start + "X: a\nY: b\r\n\r\n"},
        Case{"BareCr", 400, start + "X: a\rY: b\r\n\r\n"},
        Case{"NulInValue", 400, start + "X: a\0b\r\n\r\n"s},
        Case{"NulInName", 400, start + "X\0: a\r\n\r\n"s},
        Case{"HostTwice", 400, start + "Host: b\r\n\r\n"},
        Case{"HostMissing", 400, "GET / HTTP/1.1\r\n\r\n"},
        Case{"HostWithUser", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        Case{"HostWithPath", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        Case{"HostWithBadPort", 400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"},
        Case{"TargetWithoutSlash", 400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"},
        Case{"TargetWithFragment", 400, "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"},
        Case{"TargetWithBlank", 505, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
        Case{"OtherVersion", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
        Case{"OtherExpectation", 417, start + "Expect: tea\r\n\r\n"},
        Case{"LongBody", 413, start + "Content-Length: 101\r\n\r\n"},
        Case{"LongChunks", 413, start + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n64\r\n"},
        Case{"ChunkSizeNoNumber", 400, start + "Transfer-Encoding: chunked\r\n\r\nx\r\n\r\n"},
        Case{"ChunkLongerThanSaid", 400,
             start + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"},
        Case{"LfInChunkExtension", 400,
             start + "Transfer-Encoding: chunked\r\n\r\n1;a=\"\n\"\r\nb\r\n0\r\n\r\n"},
        Case{"ChunkLineWithoutEnd", 400,
             start + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(2000, 'a')},
        Case{"LongHeader", 431, start + "X: " + std::string(2000, 'a')},
        Case{"LongTarget", 414, "GET /" + std::string(2000, 'a')}),
    [](const testing::TestParamInfo<Case>& info) { return info.param.name; });

TEST(RequestReader, ReadsOneRequestAndLeavesTheRest) {
    RequestReader reader(limits);
    const std::string first =
        "POST /a%20b?c=d HTTP/1.1\r\nHOST: Demo.Localhost:80\r\nX: y\r\nContent-Length: "
        "2\r\n\r\nok";
    EXPECT_EQ(reader.feed(first + "GET /"), first.size());
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_TRUE(reader.keep_alive());
    const Request& request = reader.request();
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.path, "/a%20b");
    EXPECT_EQ(request.query, "c=d");
    EXPECT_EQ(request.host, "demo.localhost");
    EXPECT_EQ(request.headers.find("x"), "y");
    EXPECT_EQ(request.body, "ok");
}

// Whatever way the bytes fall into pieces, the result is the same.
TEST(RequestReader, ReadsByteByByte) {
    for (const std::string& body :
         {"Content-Length: 5\r\n\r\nhello"s,
          "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nT: t\r\n\r\n"s}) {
        RequestReader reader(limits);
        std::string waiting;
        for (const char c : "\r\n\r\n" + start + body) {
            waiting.push_back(c);
            waiting.erase(0, reader.feed(waiting));
        }
        ASSERT_EQ(reader.state(), State::complete);
        EXPECT_EQ(reader.request().body, "hello");
        EXPECT_EQ(reader.request().headers.find("T"), std::nullopt);
        EXPECT_EQ(waiting, "");
    }
}

TEST(RequestReader, AcceptsAHeaderOfExactlyTheLimit) {
    const std::string head = start + "X: ";
    const std::string whole =
        head + std::string(limits.header_max - head.size() - 4, 'x') + "\r\n\r\n";
    ASSERT_EQ(whole.size(), limits.header_max);
    EXPECT_EQ(refusal_of(whole), 0);
    EXPECT_EQ(refusal_of(head + "x" + whole.substr(head.size())), 431);
}

TEST(RequestReader, TakesTheHostOfAnAbsoluteTarget) {
    RequestReader reader(limits);
    reader.feed("GET HTTP://B.example:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_EQ(reader.request().host, "b.example");
    EXPECT_EQ(reader.request().path, "/x");
    EXPECT_EQ(refusal_of("GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

TEST(RequestReader, UnknownMethodsAreOther) {
    RequestReader reader(limits);
    reader.feed("BREW / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n");
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_EQ(reader.request().method, Method::other);
    EXPECT_EQ(reader.request().host, "[::1]");
}

TEST(RequestReader, StartsAgainAfterReset) {
    RequestReader reader(limits);
    reader.feed("nonsense\r\n\r\n");
    EXPECT_EQ(reader.state(), State::refused);
    reader.reset();
    reader.feed("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(reader.state(), State::complete);
    EXPECT_FALSE(reader.keep_alive());
}

}  // namespace
}  // namespace lango::http
