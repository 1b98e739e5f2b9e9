#include "http/server.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "http/server_fixture.hpp"

namespace lango::http {
namespace {

TEST_F(ServerTest, AnswersWithItsHeaders) {
    start();
    const std::string text =
        converse("GET /a?b=c HTTP/1.1\r\nHost: Demo.localhost:8080\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(text.starts_with("HTTP/1.1 200 OK\r\nDate: ")) << text;
    for (const std::string_view part :
         {"\r\nContent-Type: text/plain\r\n", "\r\nContent-Length: 31\r\n",
          "\r\nCache-Control: no-store\r\n", "\r\nX-Content-Type-Options: nosniff\r\n",
          "\r\nX-Request-Id: ", "\r\nConnection: close\r\n"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    }
    EXPECT_TRUE(text.ends_with("\r\n\r\n/a|b=c|demo.localhost|127.0.0.1")) << text;
}

// Those that the server itself gives, too.
TEST_F(ServerTest, EveryAnswerSaysThatItIsNoPageAndComesByHttpsOnly) {
    ServerOptions options;
    options.https = true;
    start(std::move(options));
    for (const std::string request :
         {"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
          "GET /throw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
          "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n"}) {
        const std::string text = converse(request);
        for (const std::string_view part :
             {"\r\nX-Content-Type-Options: nosniff\r\n", "frame-ancestors 'none'\r\n",
              "\r\nStrict-Transport-Security: max-age=31536000\r\n"}) {
            EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
        }
    }
}

// A rail's callback just after a restart.
TEST_F(ServerTest, AnswersWhoCameBeforeItBegan) {
    bind();
    Caller caller = call();
    loop_.run(Caller::send(caller, "GET /early HTTP/1.1\r\nHost: a\r\n\r\n"));
    loop_.io.restart();
    loop_.io.poll();
    EXPECT_EQ(served_, 0);
    server_->begin();
    EXPECT_EQ(loop_.run(Caller::answer(caller)).status, 200);
    EXPECT_EQ(served_, 1);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
    start();
    const std::string text = converse(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo\r\n"
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\nthree");
    const auto one = text.find("\r\n\r\none");
    const auto two = text.find("\r\n\r\ntwo");
    EXPECT_NE(one, std::string::npos);
    EXPECT_LT(one, two);
    EXPECT_LT(two, text.find("\r\n\r\nthree"));
    EXPECT_EQ(served_, 3);
}

TEST_F(ServerTest, AnswersOthersBetweenTwoPipelinedRequests) {
    bind();
    Caller greedy = call();
    std::string many;
    for (int i = 0; i < 200; ++i) many += "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    loop_.run(Caller::send(greedy, many));
    Caller other = call();
    loop_.run(Caller::send(other, "GET /other HTTP/1.1\r\nHost: a\r\n\r\n"));
    server_->begin();
    EXPECT_EQ(loop_.run(Caller::answer(other)).status, 200);
    EXPECT_LT(served_, 20);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(loop_.run(Caller::answer(greedy)).status, 200);
}

TEST_F(ServerTest, SendsAStreamPieceByPieceAndEndsTheConnectionWithIt) {
    start();
    const std::string text = converse("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(text.ends_with("\r\n\r\n0;1;2;3;")) << text;
    EXPECT_NE(text.find("\r\nConnection: close\r\n"), std::string::npos);
    EXPECT_EQ(text.find("Content-Length"), std::string::npos);
}

TEST_F(ServerTest, AnswersHeadOfAStreamWithoutIt) {
    start();
    EXPECT_TRUE(converse("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n").ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, ReadsABodyInPieces) {
    start();
    Caller caller = call();
    loop_.run(Caller::send(caller, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Le"));
    loop_.until([this] { return server_->connections() == 1; });
    loop_.run(Caller::send(caller, "ngth: 60000\r\n\r\n" + std::string(1000, 'a')));
    loop_.run(Caller::send(caller, std::string(59'000, 'b')));
    const ClientResponse answer = loop_.run(Caller::answer(caller));
    EXPECT_EQ(answer.body, std::string(1000, 'a') + std::string(59'000, 'b'));
}

TEST_F(ServerTest, ReadsAChunkedBody) {
    start();
    Caller caller = call();
    loop_.run(Caller::send(caller,
                           "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "3\r\none\r\n5;x=y\r\n two \r\n0\r\nTrailer: t\r\n\r\n"
                           "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(loop_.run(Caller::answer(caller)).body, "one two ");
    EXPECT_EQ(loop_.run(Caller::answer(caller)).body, "/next||a|127.0.0.1");
}

// Beast asserts that five bytes stand there once the last chunk's line was seen.
TEST_F(ServerTest, WaitsForALastChunkThatComesByteByByte) {
    start();
    for (const std::string_view last : {"0\r\n\r\n", "0;a=\"b\"\r\nT: t\r\n\r\n"}) {
        Caller caller = call();
        loop_.run(Caller::send(
            caller, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (const char byte : last) {
            loop_.run(Caller::send(caller, std::string(1, byte)));
            loop_.io.restart();
            loop_.io.poll();
        }
        EXPECT_EQ(loop_.run(Caller::answer(caller)).status, 200);
    }
}

TEST_F(ServerTest, SaysContinueOnlyWhenAskedAndWaiting) {
    start();
    Caller caller = call();
    loop_.run(Caller::send(
        caller,
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
    EXPECT_EQ(loop_.run(Caller::until(caller, "\r\n\r\n")), "HTTP/1.1 100 Continue\r\n\r\n");
    loop_.run(Caller::send(caller, "ok"));
    EXPECT_EQ(loop_.run(Caller::answer(caller)).body, "ok");
    EXPECT_TRUE(converse("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: "
                         "100-continue\r\n\r\n")
                    .starts_with("HTTP/1.1 413 "));
}

TEST_F(ServerTest, HeadHasALengthAndNoBody) {
    start();
    Caller caller = call();
    loop_.run(Caller::send(
        caller, "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n"));
    const ClientResponse head = loop_.run(Caller::answer(caller, true));
    EXPECT_EQ(head.headers.find("content-length"), "15");
    EXPECT_EQ(loop_.run(Caller::answer(caller)).body, "/y||a|127.0.0.1");
}

TEST_F(ServerTest, OldHttpKeepsAliveOnlyOnRequest) {
    start();
    const std::string closed = converse("GET /x HTTP/1.0\r\n\r\n");
    EXPECT_NE(closed.find("\r\nConnection: close\r\n"), std::string::npos);
    Caller caller = call();
    loop_.run(Caller::send(caller, "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    EXPECT_EQ(loop_.run(Caller::answer(caller)).headers.find("connection"), "keep-alive");
    loop_.run(Caller::send(caller, "GET /x HTTP/1.0\r\n\r\n"));
    EXPECT_EQ(loop_.run(Caller::answer(caller)).status, 200);
}

TEST_F(ServerTest, RefusesWhatIsTooLargeAndStillDeliversTheAnswer) {
    start();
    EXPECT_EQ(status_for("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n" +
                         std::string(65'537, 'x')),
              413);
    EXPECT_EQ(
        status_for("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n"),
        413);
    EXPECT_EQ(status_for("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"),
              431);
    EXPECT_EQ(status_for("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    EXPECT_EQ(served_, 0);
}

TEST_F(ServerTest, RefusesWithABodyOfItsOwnAndCloses) {
    start();
    const struct {
        std::string sent, head, body;
    } cases[] = {
        {"nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n",
         R"({"status":"fail","message":"Bad Request"})"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n" +
             std::string(65'537, 'x'),
         "HTTP/1.1 413 Payload Too Large\r\n",
         R"({"status":"fail","message":"Payload Too Large"})"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n",
         "HTTP/1.1 413 Payload Too Large\r\n",
         R"({"status":"fail","message":"Payload Too Large"})"},
    };
    for (const auto& c : cases) {
        const std::string text = converse(c.sent);
        EXPECT_TRUE(text.starts_with(c.head)) << text;
        EXPECT_NE(text.find("\r\nContent-Type: application/json\r\n"), std::string::npos) << text;
        EXPECT_NE(text.find("\r\nConnection: close\r\n"), std::string::npos) << text;
        EXPECT_TRUE(text.ends_with("\r\n\r\n" + c.body)) << text;
    }
    EXPECT_EQ(served_, 0);
}

TEST_F(ServerTest, AnExceptionIsA500ThatIsReported) {
    ServerOptions options;
    std::string reported;
    options.failed = [&](const Request& request, const std::string& what) {
        reported = request.path + ": " + what;
    };
    start(std::move(options));
    Caller caller = call();
    loop_.run(Caller::send(
        caller, "GET /throw HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"));
    const ClientResponse answer = loop_.run(Caller::answer(caller));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body, R"({"status":"fail","message":"Internal error"})");
    EXPECT_EQ(reported, "/throw: broken world");
    EXPECT_EQ(loop_.run(Caller::answer(caller)).status, 200);
}

TEST_F(ServerTest, CutsASlowHeaderABodyThatStopsAndAnIdleConnection) {
    ServerOptions options;
    options.header_timeout = options.body_timeout = options.idle_timeout =
        std::chrono::milliseconds{1};
    start(std::move(options));
    EXPECT_TRUE(converse("GET / HTTP/1.1\r\nHo").starts_with("HTTP/1.1 408 "));
    EXPECT_TRUE(converse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
                    .starts_with("HTTP/1.1 408 "));
    EXPECT_EQ(converse(""), "");
}

TEST_F(ServerTest, ADripOfBytesDoesNotMoveTheHeaderDeadline) {
    ServerOptions options;
    options.header_timeout = std::chrono::milliseconds{100};
    start(std::move(options));
    Caller caller = call();
    // Each byte comes well before the deadline; the header as a whole does not.
    const auto drip = [](Caller& to, asio::io_context& io) -> asio::awaitable<void> {
        asio::steady_timer pause(io);
        boost::system::error_code error;
        while (!error) {
            co_await asio::async_write(to.socket(), asio::buffer("x", 1),
                                       asio::redirect_error(asio::use_awaitable, error));
            pause.expires_after(std::chrono::milliseconds{20});
            co_await pause.async_wait(asio::use_awaitable);
        }
    };
    bool done = false;
    asio::co_spawn(loop_.io, drip(caller, loop_.io),
                   [&](const std::exception_ptr&) { done = true; });
    EXPECT_EQ(loop_.run(Caller::answer(caller)).status, 408);
    caller.close();
    loop_.wait_for(done);
}

TEST_F(ServerTest, AReaderThatDoesNotReadIsCut) {
    ServerOptions options;
    options.body_timeout = std::chrono::milliseconds{50};
    start(std::move(options));
    Caller caller = call();
    loop_.run(Caller::send(caller, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    loop_.until([this] { return served_ == 1; });
    loop_.until([this] { return server_->connections() == 0; });
}

TEST_F(ServerTest, SendsABigAnswerWhole) {
    start();
    Caller caller = call();
    loop_.run(Caller::send(caller, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(loop_.run(Caller::answer(caller)).body,
              std::string(std::size_t{4} * 1024 * 1024, 'x'));
}

TEST_F(ServerTest, ClosesConnectionsBeyondItsBound) {
    ServerOptions options;
    options.connections_max = 1;
    start(std::move(options));
    Caller first = call();
    loop_.until([this] { return server_->connections() == 1; });
    EXPECT_EQ(converse(""), "");
    loop_.run(Caller::send(first, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(loop_.run(Caller::answer(first)).status, 200);
}

TEST_F(ServerTest, ClosesConnectionsBeyondTheBoundOfOneAddress) {
    ServerOptions options;
    options.connections_per_address_max = 1;
    start(std::move(options));
    {
        const Caller first = call();
        loop_.until([this] { return server_->connections() == 1; });
        EXPECT_EQ(converse(""), "");
        EXPECT_EQ(server_->connections(), 1U);
    }
    loop_.until([this] { return server_->connections() == 0; });
    const Caller again = call();
    loop_.until([this] { return server_->connections() == 1; });
}

TEST_F(ServerTest, CountsNoConnectionsOfTrustedProxies) {
    ServerOptions options;
    options.connections_per_address_max = 1;
    options.trusted_proxies = {"127.0.0.1"};
    start(std::move(options));
    const Caller first = call();
    const Caller second = call();
    loop_.until([this] { return server_->connections() == 2; });
}

TEST_F(ServerTest, BelievesTrustedProxiesOnly) {
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1"};
    start(std::move(options));
    const std::string text = converse(
        "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1, 203.0.113.9\r\nConnection: "
        "close\r\n\r\n");
    EXPECT_TRUE(text.ends_with("|203.0.113.9"));
}

TEST_F(ServerTest, ObservesEveryAnswer) {
    ServerOptions options;
    std::vector<std::pair<std::string, int>> seen;
    options.observe = [&](const Request& request, const Response& response, Duration taken) {
        EXPECT_GE(taken.count(), 0);
        EXPECT_EQ(request.request_id.size(), 16U);
        seen.emplace_back(request.path, response.status);
    };
    start(std::move(options));
    converse("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
    EXPECT_EQ(seen, (std::vector<std::pair<std::string, int>>{{"/a", 200}, {"/b", 400}}));
}

TEST_F(ServerTest, StopAnswersWhatIsInFlightAndEndsWhatIsIdle) {
    start();
    Caller idle = call();
    Caller busy = call();
    loop_.run(Caller::send(
        busy, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\nGET /never HTTP/1.1\r\nHost: a\r\n\r\n"));
    loop_.until([this] { return served_ == 1 && server_->connections() == 2; });
    bool stopped = false;
    asio::co_spawn(loop_.io, server_->stop(std::chrono::seconds{20}),
                   [&](const std::exception_ptr&) { stopped = true; });
    EXPECT_EQ(loop_.run(Caller::rest(idle)), "");
    EXPECT_FALSE(stopped);
    release();
    const std::string text = loop_.run(Caller::rest(busy));
    EXPECT_TRUE(text.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(text.find("Connection: close"), std::string::npos);
    EXPECT_EQ(text.find("/never"), std::string::npos);
    busy.close();
    loop_.wait_for(stopped);
    EXPECT_EQ(server_->connections(), 0U);
    Caller late(loop_.io);
    EXPECT_THROW(late.connect({asio::ip::address_v4::loopback(), port_}),
                 boost::system::system_error);
}

TEST_F(ServerTest, StopCutsWhatDoesNotEndInTime) {
    start();
    Caller stuck = call();
    loop_.run(Caller::send(stuck, "GET / HTTP/1.1\r\nHo"));
    loop_.until([this] { return server_->connections() == 1; });
    loop_.io.poll();
    loop_.run(server_->stop(std::chrono::milliseconds{1}));
    EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(ServerTest, ListensOnALocalSocketOfItsOwnerOnly) {
    start();
    const std::string path =
        testing::TempDir() + "lango-http-" + std::to_string(::getpid()) + ".sock";
    ::unlink(path.c_str());
    server_->listen_local(path);
    struct stat found{};
    ASSERT_EQ(::stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    EXPECT_THROW(server_->listen_local(path), std::system_error);  // somebody answers there
    LocalCaller caller(loop_.io);
    caller.connect(asio::local::stream_protocol::endpoint(path));
    loop_.run(LocalCaller::send(caller, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(loop_.run(LocalCaller::answer(caller)).body, "/x||a|");
    loop_.run(server_->stop(std::chrono::seconds{5}));
    EXPECT_NE(::stat(path.c_str(), &found), 0);
}

TEST_F(ServerTest, ReplacesAStaleLocalSocketAndNothingElse) {
    start();
    const std::string path = testing::TempDir() + "lango-stale-" + std::to_string(::getpid());
    ::unlink(path.c_str());
    {
        asio::local::stream_protocol::acceptor dead(loop_.io,
                                                    asio::local::stream_protocol::endpoint(path));
    }
    server_->listen_local(path);
    const std::string file = path + ".txt";
    std::fclose(std::fopen(file.c_str(), "w"));
    EXPECT_THROW(server_->listen_local(file), std::system_error);
    ::unlink(file.c_str());
}

TEST_F(ServerTest, SaysWhereItCannotListen) {
    start();
    try {
        server_->listen_tcp("127.0.0.1", port_);
        FAIL();
    } catch (const std::system_error& error) {
        EXPECT_NE(std::string(error.what()).find("127.0.0.1:" + std::to_string(port_)),
                  std::string::npos);
    }
    EXPECT_THROW(server_->listen_tcp("nowhere", 0), std::system_error);
}

// For ThreadSanitizer: the server's loop in a thread of its own, callers in others.
TEST(ServerThreads, ServesCallersOfOtherThreads) {
    asio::io_context io{1};
    SeededRandom random{1};
    Server server(
        io.get_executor(), {},
        [](const Request& request) -> asio::awaitable<Response> {
            Response response;
            response.body = request.body;
            co_return response;
        },
        random);
    const std::uint16_t port = server.listen_tcp("127.0.0.1", 0);
    std::thread loop([&] { io.run(); });
    const auto call = [port] {
        asio::io_context own;
        tcp::socket socket(own);
        socket.connect({asio::ip::address_v4::loopback(), port});
        for (int i = 0; i < 50; ++i) {
            asio::write(socket, asio::buffer(std::string_view(
                                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok")));
            std::string text;
            asio::read_until(socket, asio::dynamic_buffer(text), "\r\n\r\nok");
        }
    };
    std::thread first(call);
    std::thread second(call);
    first.join();
    second.join();
    asio::co_spawn(io, server.stop(std::chrono::seconds{5}), [](const std::exception_ptr&) {});
    loop.join();
}

}  // namespace
}  // namespace lango::http
