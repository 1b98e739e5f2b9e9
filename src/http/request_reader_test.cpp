#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "http/corpus.hpp"

namespace lango::http {
namespace {

using State = RequestReader::State;
using namespace std::string_literals;
using corpus::limits;
using corpus::Message;

// 0 when the request is read whole.
int refusal_of(std::string_view bytes) {
    RequestReader reader(limits);
    reader.feed(bytes);
    EXPECT_NE(reader.state(), State::header) << bytes;
    return reader.refusal();
}

class Refused : public testing::TestWithParam<Message> {};

TEST_P(Refused, WhatTwoReadersCouldUnderstandDifferently) {
    EXPECT_EQ(refusal_of(GetParam().bytes), GetParam().status);
}

const std::string start = "POST /a HTTP/1.1\r\nHost: a\r\n";

INSTANTIATE_TEST_SUITE_P(Requests, Refused, testing::ValuesIn(corpus::refused_requests()),
                         [](const testing::TestParamInfo<Message>& info) {
                             return info.param.name;
                         });

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
