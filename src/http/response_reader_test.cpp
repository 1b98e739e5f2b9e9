#include "http/response_reader.hpp"

#include <gtest/gtest.h>

namespace lango::http {
namespace {

using State = ResponseReader::State;

TEST(ResponseReader, ReadsAnAnswerThatKeepsAlive) {
    ResponseReader reader(100, false);
    EXPECT_EQ(reader.feed("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nokHTTP"), 46U);
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_TRUE(reader.keep_alive());
    const ClientResponse response = reader.take();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.find("a"), "b");
    EXPECT_EQ(response.body, "ok");
    EXPECT_FALSE(response.truncated);
}

TEST(ResponseReader, CutsALongBody) {
    for (const std::string bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabcdef",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n4\r\ncdef\r\n",
          "HTTP/1.1 200 OK\r\n\r\nabcdef"}) {
        ResponseReader reader(5, false);
        reader.feed(bytes);
        ASSERT_EQ(reader.state(), State::truncated);
        EXPECT_FALSE(reader.keep_alive());
        const ClientResponse response = reader.take();
        EXPECT_EQ(response.body, "abcde");
        EXPECT_TRUE(response.truncated);
    }
}

TEST(ResponseReader, ABodyOfExactlyTheLimitIsWhole) {
    ResponseReader reader(5, false);
    reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde");
    EXPECT_EQ(reader.state(), State::complete);
    EXPECT_FALSE(reader.take().truncated);
}

TEST(ResponseReader, EndOfConnectionEndsOnlyABodyWithoutLength) {
    ResponseReader open(100, false);
    open.feed("HTTP/1.1 200 OK\r\n\r\nabc");
    EXPECT_EQ(open.state(), State::reading);
    open.end();
    EXPECT_EQ(open.state(), State::complete);
    EXPECT_FALSE(open.keep_alive());
    for (const std::string bytes :
         {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"}) {
        ResponseReader reader(100, false);
        reader.feed(bytes);
        reader.end();
        EXPECT_EQ(reader.state(), State::failed) << bytes;
    }
}

TEST(ResponseReader, SkipsInterimAnswers) {
    ResponseReader reader(100, false);
    reader.feed(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No "
        "Content\r\n\r\n");
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_EQ(reader.take().status, 204);
}

TEST(ResponseReader, RefusesWhatIsNoAnswer) {
    std::string endless;
    for (int i = 0; i < 20; ++i) endless += "HTTP/1.1 100 Continue\r\n\r\n";
    for (const std::string& bytes :
         {std::string("SSH-2.0-OpenSSH_9.2\r\n"),
          std::string("HTTP/1.1 101 Switching Protocols\r\n\r\n"), endless,
          std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
          "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x')}) {
        ResponseReader reader(100, false);
        reader.feed(bytes);
        EXPECT_EQ(reader.state(), State::failed) << bytes.substr(0, 40);
    }
}

TEST(ResponseReader, HeadHasNoBody) {
    ResponseReader reader(100, true);
    reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(reader.state(), State::complete);
    EXPECT_TRUE(reader.keep_alive());
}

}  // namespace
}  // namespace lango::http
