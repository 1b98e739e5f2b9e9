#include "http/beast_client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "http/client_fixture.hpp"

namespace lango::http {
namespace {

constexpr Duration soon = std::chrono::milliseconds{100};

TEST_F(ClientTest, SendsAndReceives) {
    auto pending = begin(request("/a?b=c"));
    Caller& peer = accept();
    const std::string heard = hear(peer);
    EXPECT_TRUE(heard.starts_with("POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:")) << heard;
    EXPECT_NE(heard.find("\r\nContent-Length: 2\r\n"), std::string::npos);
    say(peer,
        "HTTP/1.1 201 Created\r\nX: y\r\nTransfer-Encoding: "
        "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
    const Answer answer = end(pending);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->headers.find("x"), "y");
    EXPECT_EQ(answer->body, "hello");
}

// What a merchant's server may answer to a postback, and the rail to a question.
TEST_F(ClientTest, WaitsForALastChunkThatComesByteByByte) {
    for (const std::string_view last : {"0\r\n\r\n", "0;a=\"b\"\r\nT: t\r\n\r\n"}) {
        auto pending = begin(request());
        Caller& peer = accept();
        hear(peer);
        say(peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        for (const char byte : last) {
            EXPECT_FALSE(pending->done);
            say(peer, std::string(1, byte));
            loop_.io.restart();
            loop_.io.poll();
        }
        const Answer answer = end(pending);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
    }
}

// It was sent: nobody knows what became of it.
TEST_F(ClientTest, AnAnswerThatCannotBeReadLeavesTheOutcomeUnknown) {
    for (const std::string& bytes :
         {std::string("SSH-2.0\r\n"), std::string("HTTP/1.1 2x0 OK\r\n\r\n"),
          "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x'),
          std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\rX")}) {
        auto pending = begin(request());
        Caller& peer = accept();
        hear(peer);
        say(peer, bytes);
        const Answer answer = end(pending);
        ASSERT_FALSE(answer) << bytes.substr(0, 40);
        EXPECT_EQ(answer.error().reached, Reached::unknown);
    }
}

TEST_F(ClientTest, UsesOneConnectionForManyRequests) {
    Caller* peer = nullptr;
    for (int i = 0; i < 10; ++i) {
        auto pending = begin(request());
        if (peer == nullptr) peer = &accept();
        hear(*peer);
        say_ok(*peer);
        EXPECT_TRUE(end(pending));
    }
    EXPECT_TRUE(nobody_waits());
}

TEST_F(ClientTest, OpensAnotherAfterConnectionClose) {
    for (int i = 0; i < 2; ++i) {
        auto pending = begin(request());
        Caller& peer = accept();
        hear(peer);
        say(peer, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        EXPECT_TRUE(end(pending));
        EXPECT_EQ(loop_.run(Caller::rest(peer)), "");
    }
}

TEST_F(ClientTest, ReplacesAnIdleConnectionThatThePeerClosed) {
    auto first = begin(request());
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    ASSERT_TRUE(end(first));
    peer.close();
    auto second = begin(request());
    Caller& next = accept();
    hear(next);
    say_ok(next);
    EXPECT_TRUE(end(second));
}

TEST_F(ClientTest, ReplacesAnIdleConnectionThatSpoke) {
    auto first = begin(request());
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    ASSERT_TRUE(end(first));
    // An answer to nothing: taken for the next one, it would book the wrong payment.
    say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    auto second = begin(request());
    Caller& next = accept();
    hear(next);
    say_ok(next);
    EXPECT_EQ(end(second)->body, "ok");
}

TEST_F(ClientTest, AReusedConnectionThatDiesIsUnknownAndNotRepeated) {
    auto first = begin(request());
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    ASSERT_TRUE(end(first));
    auto second = begin(request());
    hear(peer);
    peer.close();
    const Answer answer = end(second);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reached, Reached::unknown);
    EXPECT_TRUE(nobody_waits());
}

TEST_F(ClientTest, AReusedConnectionThatDiesRepeatsAGetOnce) {
    auto first = begin(request("/", Method::get));
    Caller& peer = accept();
    hear(peer, "\r\n\r\n");
    say_ok(peer);
    ASSERT_TRUE(end(first));
    auto second = begin(request("/", Method::get));
    hear(peer, "\r\n\r\n");
    peer.close();
    Caller& next = accept();
    hear(next, "\r\n\r\n");
    next.close();
    const Answer answer = end(second);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reached, Reached::unknown);
    EXPECT_TRUE(nobody_waits());
}

TEST_F(ClientTest, AGetWithPartOfAnAnswerIsNotRepeated) {
    auto first = begin(request("/", Method::get));
    Caller& peer = accept();
    hear(peer, "\r\n\r\n");
    say_ok(peer);
    ASSERT_TRUE(end(first));
    auto second = begin(request("/", Method::get));
    hear(peer, "\r\n\r\n");
    say(peer, "HTTP/1.1 2");
    peer.close();
    EXPECT_EQ(end(second).error().reached, Reached::unknown);
    EXPECT_TRUE(nobody_waits());
}

TEST_F(ClientTest, ASilentPeerIsATimeoutWithUnknownOutcome) {
    ClientRequest asked = request();
    asked.timeout = soon;
    auto pending = begin(asked);
    Caller& peer = accept();
    hear(peer);
    const Answer answer = end(pending);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reached, Reached::unknown);
    EXPECT_EQ(answer.error().message, "timeout");
    EXPECT_EQ(loop_.run(Caller::rest(peer)), "");  // the connection went with it
}

TEST_F(ClientTest, ADripOfBytesDoesNotMoveTheDeadline) {
    ClientRequest asked = request();
    asked.timeout = soon;
    auto pending = begin(asked);
    Caller& peer = accept();
    hear(peer);
    say(peer, "HTTP/1.1 200 OK\r\nX: ");
    while (!pending->done) {
        boost::system::error_code gone;
        asio::write(peer.socket(), asio::buffer("x", 1), gone);
        loop_.io.restart();
        loop_.io.run_for(std::chrono::milliseconds{1});
    }
    EXPECT_EQ(end(pending).error().message, "timeout");
}

TEST_F(ClientTest, ARefusedConnectionWasNotSent) {
    acceptor_.close();
    const Answer answer = send(request());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reached, Reached::not_sent);
    EXPECT_EQ(answer.error().message, "connect: connection refused");
}

TEST_F(ClientTest, AnUnknownNameWasNotSent) {
    // A label longer than DNS has: the system's resolver says no without asking a network.
    ClientRequest asked = request();
    asked.url = "http://" + std::string(64, 'a') + ".invalid/";
    auto first = begin(asked);
    auto second = begin(asked);
    for (const auto& pending : {first, second}) {
        const Answer answer = end(pending);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().reached, Reached::not_sent);
        EXPECT_TRUE(answer.error().message.starts_with("dns: ")) << answer.error().message;
    }
}

TEST_F(ClientTest, WhatIsNoUrlWasNotSent) {
    ClientRequest asked = request();
    asked.url = "gopher://a/";
    EXPECT_EQ(send(asked).error().reached, Reached::not_sent);
    asked = request();
    asked.headers.emplace_back("A", "b\r\nC: d");
    EXPECT_EQ(send(asked).error().reached, Reached::not_sent);
}

TEST_F(ClientTest, TheGuardRefusesTheAddressConnectedTo) {
    options_.guard.allow_private = false;
    for (const std::string host : {"127.0.0.1", "localhost", "shop.demo.localhost",
                                   "[::ffff:127.0.0.1]", "127.1", "2130706433"}) {
        ClientRequest asked = request();
        asked.url = "http://" + host + ":" + std::to_string(port_) + "/";
        const Answer answer = send(asked);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().reached, Reached::not_sent);
        EXPECT_TRUE(answer.error().message.starts_with("address refused: "))
            << host << ": " << answer.error().message;
    }
    EXPECT_TRUE(nobody_waits());
    ClientRequest trusted = request();
    trusted.guard_address = false;
    auto pending = begin(trusted);
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    EXPECT_TRUE(end(pending));
}

TEST_F(ClientTest, TheGuardIsNotPassedOnAConnectionMadeWithoutIt) {
    options_.guard.allow_private = false;
    ClientRequest trusted = request();
    trusted.guard_address = false;
    auto first = begin(trusted);
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    ASSERT_TRUE(end(first));

    ClientRequest guarded = request();
    guarded.timeout = soon;
    const Answer refused = send(guarded);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reached, Reached::not_sent);
    EXPECT_EQ(refused.error().message, "address refused: 127.0.0.1");

    auto second = begin(trusted);
    hear(peer);
    say_ok(peer);
    EXPECT_TRUE(end(second)) << "whoever needs no guard still uses the connection";
    EXPECT_TRUE(nobody_waits());
}

TEST_F(ClientTest, NamesUnderLocalhostNeedNoDns) {
    ClientRequest asked = request();
    asked.url = "http://api.demo.localhost:" + std::to_string(port_) + "/";
    auto pending = begin(asked);
    Caller& peer = accept();
    EXPECT_NE(hear(peer).find("\r\nHost: api.demo.localhost:"), std::string::npos);
    say_ok(peer);
    EXPECT_TRUE(end(pending));
}

TEST_F(ClientTest, CutsALongBodyAndTheConnection) {
    ClientRequest asked = request();
    asked.body_max = 5;
    auto pending = begin(asked);
    Caller& peer = accept();
    hear(peer);
    say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabcdefgh");
    const Answer answer = end(pending);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "abcde");
    EXPECT_TRUE(answer->truncated);
    EXPECT_EQ(loop_.run(Caller::rest(peer)), "");
}

TEST_F(ClientTest, AnAnswerCutShortIsUnknown) {
    auto pending = begin(request());
    Caller& peer = accept();
    hear(peer);
    say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    peer.close();
    EXPECT_EQ(end(pending).error().reached, Reached::unknown);
}

TEST_F(ClientTest, WaitsForAConnectionInTurnAndGivesUpInTime) {
    options_.connections_per_origin_max = 1;
    auto first = begin(request("/1"));
    Caller& peer = accept();
    hear(peer);
    auto second = begin(request("/2"));
    ClientRequest impatient = request("/3");
    impatient.timeout = soon;
    auto third = begin(impatient);
    const Answer late = end(third);
    EXPECT_EQ(late.error().reached, Reached::not_sent);
    EXPECT_EQ(late.error().message, "timeout");
    say_ok(peer);
    EXPECT_TRUE(end(first));
    EXPECT_TRUE(hear(peer).starts_with("POST /2 "));
    say_ok(peer);
    EXPECT_TRUE(end(second));
    EXPECT_TRUE(nobody_waits());
}

TEST_F(ClientTest, ALostConnectionPassesItsTurnOn) {
    options_.connections_per_origin_max = 1;
    auto first = begin(request("/1"));
    Caller& peer = accept();
    hear(peer);
    auto second = begin(request("/2"));
    peer.close();
    EXPECT_FALSE(end(first));
    Caller& next = accept();
    EXPECT_TRUE(hear(next).starts_with("POST /2 "));
    say_ok(next);
    EXPECT_TRUE(end(second));
}

TEST_F(ClientTest, ASlowOriginHoldsUpNoOther) {
    options_.connections_per_origin_max = 1;
    tcp::acceptor silent(loop_.io, {asio::ip::address_v4::loopback(), 0});
    ClientRequest slow = request();
    slow.url = "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
    auto stuck = begin(slow);
    auto queued = begin(slow);
    auto other = begin(request());
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    EXPECT_TRUE(end(other));
    EXPECT_FALSE(stuck->done);
    client_.reset();
    EXPECT_EQ(end(stuck).error().reached, Reached::unknown);
    EXPECT_EQ(end(queued).error().reached, Reached::not_sent);
}

TEST_F(ClientTest, ClosesWhatHasBeenIdleForLong) {
    options_.idle_max = std::chrono::milliseconds{1};
    auto pending = begin(request());
    Caller& peer = accept();
    hear(peer);
    say_ok(peer);
    EXPECT_TRUE(end(pending));
    EXPECT_EQ(loop_.run(Caller::rest(peer)), "");
}

TEST_F(ClientTest, AnAbandonedRequestLeavesNothingBehind) {
    options_.connections_per_origin_max = 1;
    asio::cancellation_signal signal;
    bool ended = false;
    asio::co_spawn(
        loop_.io, client().send(request("/1")),
        asio::bind_cancellation_slot(
            signal.slot(), [&](const std::exception_ptr&, const Answer&) { ended = true; }));
    Caller& peer = accept();
    hear(peer);
    auto second = begin(request("/2"));
    signal.emit(asio::cancellation_type::terminal);
    loop_.wait_for(ended);
    Caller& next = accept();
    EXPECT_TRUE(hear(next).starts_with("POST /2 "));
    say_ok(next);
    EXPECT_TRUE(end(second));
}

TEST_F(ClientTest, SendsALongBodyThatThePeerReadsSlowly) {
    ClientRequest asked = request();
    asked.body.assign(std::size_t{4} * 1024 * 1024, 'x');
    asked.body += "{}";
    auto pending = begin(asked);
    Caller& peer = accept();
    EXPECT_GT(hear(peer, "x{}").size(), std::size_t{4} * 1024 * 1024);
    say_ok(peer);
    EXPECT_TRUE(end(pending));
}

TEST_F(ClientTest, AnInterimAnswerIsSkipped) {
    auto pending = begin(request());
    Caller& peer = accept();
    hear(peer);
    say(peer, "HTTP/1.1 100 Continue\r\n\r\n");
    say_ok(peer);
    EXPECT_EQ(end(pending)->status, 200);
}

}  // namespace
}  // namespace lango::http
