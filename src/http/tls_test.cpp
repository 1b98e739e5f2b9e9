#include "http/tls.hpp"

#include <boost/asio/ssl/stream.hpp>

#include "http/client_fixture.hpp"
#include "http/test_authority.hpp"

namespace lango::http {
namespace {

// A TLS server that answers "ok" to each request of one connection after the other.
class TlsTest : public ClientTest {
  protected:
    ~TlsTest() override {
        client_.reset();
        acceptor_.close();
        loop_.until([this] { return ended_; });
    }
    void serve(const std::string& alternative_name) {
        context_.emplace(authority_.server_context(alternative_name));
        static constexpr unsigned char name[] = "test";
        SSL_CTX_set_session_id_context(context_->native_handle(), name, sizeof name);
        ended_ = false;
        asio::co_spawn(loop_.io, serve_all(*this),
                       [this](const std::exception_ptr&) { ended_ = true; });
    }
    static asio::awaitable<void> serve_all(TlsTest& self) {
        boost::system::error_code error;
        for (;;) {
            tcp::socket socket(self.loop_.io);
            co_await self.acceptor_.async_accept(socket,
                                                 asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            asio::ssl::stream<tcp::socket> stream(std::move(socket), *self.context_);
            co_await stream.async_handshake(asio::ssl::stream_base::server,
                                            asio::redirect_error(asio::use_awaitable, error));
            if (error) continue;
            ++self.handshakes_;
            if (SSL_session_reused(stream.native_handle()) != 0) ++self.resumed_;
            const char* name =
                SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
            self.name_asked_ = name == nullptr ? "" : name;
            std::string text;
            for (int i = 0; !error && i < self.requests_per_connection_; ++i) {
                const std::size_t end = co_await asio::async_read_until(
                    stream, asio::dynamic_buffer(text), "\r\n\r\n{}",
                    asio::redirect_error(asio::use_awaitable, error));
                text.erase(0, end);
                if (error) break;
                co_await asio::async_write(stream,
                                           asio::buffer(std::string_view(
                                               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
                                           asio::redirect_error(asio::use_awaitable, error));
            }
        }
    }
    ClientRequest secure(const std::string& host) const {
        ClientRequest asked = request();
        asked.url = "https://" + host + ":" + std::to_string(port_) + "/";
        return asked;
    }

    TestAuthority authority_;
    std::optional<asio::ssl::context> context_;
    int requests_per_connection_ = 1000;
    int handshakes_ = 0;
    int resumed_ = 0;
    std::string name_asked_;
    bool ended_ = true;
};

TEST_F(TlsTest, TalksToAServerThatProvesItsName) {
    options_.ca_file = authority_.ca_file();
    serve("DNS:shop.localhost");
    for (int i = 0; i < 3; ++i) {
        const Answer answer = send(secure("shop.localhost"));
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->body, "ok");
    }
    EXPECT_EQ(handshakes_, 1);
    EXPECT_EQ(name_asked_, "shop.localhost");
}

TEST_F(TlsTest, TakesUpTheSessionOnTheNextConnection) {
    options_.ca_file = authority_.ca_file();
    requests_per_connection_ = 1;
    serve("DNS:shop.localhost");
    ASSERT_TRUE(send(secure("shop.localhost")));
    for (int i = 0; i < 2; ++i) {
        // The server closes after its answer; the client may meet the end only while it reads.
        loop_.io.restart();
        loop_.io.poll();
        ASSERT_TRUE(send(secure("shop.localhost")));
    }
    EXPECT_EQ(handshakes_, 3);
    EXPECT_EQ(resumed_, 2);
}

TEST_F(TlsTest, VerifiesAnAddress) {
    options_.ca_file = authority_.ca_file();
    requests_per_connection_ = 1;
    serve("IP:127.0.0.1");
    const Answer answer = send(secure("127.0.0.1"));
    EXPECT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(name_asked_, "");
    EXPECT_EQ(send(secure("shop.localhost")).error().message, "tls: hostname mismatch");
}

TEST_F(TlsTest, AnotherNameIsNotSent) {
    options_.ca_file = authority_.ca_file();
    serve("DNS:other.localhost");
    const Answer answer = send(secure("shop.localhost"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reached, Reached::not_sent);
    EXPECT_EQ(answer.error().message, "tls: hostname mismatch");
    EXPECT_EQ(handshakes_, 0);
}

TEST_F(TlsTest, AnUnknownAuthorityIsNotSent) {
    const TestAuthority stranger;
    options_.ca_file = stranger.ca_file();
    serve("DNS:shop.localhost");
    const Answer answer = send(secure("shop.localhost"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reached, Reached::not_sent);
    EXPECT_TRUE(answer.error().message.starts_with("tls: ")) << answer.error().message;
    EXPECT_EQ(handshakes_, 0);
}

TEST_F(TlsTest, AServerWithoutTlsIsNotSent) {
    options_.ca_file = authority_.ca_file();
    auto pending = begin(secure("shop.localhost"));
    Caller& peer = accept();
    say(peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
    EXPECT_EQ(end(pending).error().reached, Reached::not_sent);
}

TEST_F(TlsTest, ASilentHandshakeIsATimeoutAndNotSent) {
    options_.ca_file = authority_.ca_file();
    ClientRequest asked = secure("shop.localhost");
    asked.timeout = std::chrono::milliseconds{100};
    auto pending = begin(asked);
    accept();
    const Answer answer = end(pending);
    EXPECT_EQ(answer.error().reached, Reached::not_sent);
    EXPECT_EQ(answer.error().message, "timeout");
}

TEST_F(TlsTest, OldTlsIsRefused) {
    options_.ca_file = authority_.ca_file();
    serve("DNS:shop.localhost");
    SSL_CTX_set_security_level(context_->native_handle(), 0);
    SSL_CTX_set_min_proto_version(context_->native_handle(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_->native_handle(), TLS1_1_VERSION);
    EXPECT_EQ(send(secure("shop.localhost")).error().reached, Reached::not_sent);
}

TEST_F(TlsTest, WithoutForwardSecrecyOrWithAnOldCipherIsRefused) {
    options_.ca_file = authority_.ca_file();
    serve("DNS:shop.localhost");
    SSL_CTX* native = context_->native_handle();
    SSL_CTX_set_security_level(native, 0);
    SSL_CTX_set_max_proto_version(native, TLS1_2_VERSION);
    for (const char* suite :
         {"AES128-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA",
          "ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES128-GCM-SHA256", "NULL-SHA256"}) {
        ASSERT_EQ(SSL_CTX_set_cipher_list(native, suite), 1) << suite;
        const Answer answer = send(secure("shop.localhost"));
        ASSERT_FALSE(answer) << suite;
        EXPECT_EQ(answer.error().reached, Reached::not_sent) << suite;
    }
    ASSERT_EQ(SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM"), 1);
    EXPECT_TRUE(send(secure("shop.localhost")));
}

TEST(TlsContext, SaysAtOnceThatItsAuthoritiesCannotBeRead) {
    EXPECT_THROW(TlsContext("/nonexistent.pem"), boost::system::system_error);
}

}  // namespace
}  // namespace lango::http
