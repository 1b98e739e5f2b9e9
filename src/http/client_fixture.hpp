// For tests: the client against a peer that does what the test says.
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <vector>

#include "http/beast_client.hpp"
#include "http/loop_fixture.hpp"

namespace lango::http {

class ClientTest : public testing::Test {
  protected:
    using Answer = Result<ClientResponse, ClientError>;

    ~ClientTest() override {
        client_.reset();
        acceptor_.close();
        peers_.clear();
        loop_.io.restart();
        loop_.io.poll();
    }

    BeastClient& client() {
        if (!client_) client_.emplace(loop_.io.get_executor(), options_);
        return *client_;
    }
    ClientRequest request(std::string path = "/", Method method = Method::post) const {
        ClientRequest request;
        request.method = method;
        request.url = "http://127.0.0.1:" + std::to_string(port_) + path;
        if (method == Method::post) request.body = "{}";
        return request;
    }
    Answer send(ClientRequest request) { return loop_.run(client().send(std::move(request))); }

    // A request that runs on while the test does other things.
    struct Pending {
        bool done = false;
        std::optional<Answer> answer;
    };
    std::shared_ptr<Pending> begin(ClientRequest request) {
        auto pending = std::make_shared<Pending>();
        asio::co_spawn(loop_.io, client().send(std::move(request)),
                       [pending](const std::exception_ptr&, Answer answer) {
                           pending->answer.emplace(std::move(answer));
                           pending->done = true;
                       });
        return pending;
    }
    Answer end(const std::shared_ptr<Pending>& pending) {
        loop_.wait_for(pending->done);
        return std::move(*pending->answer);
    }

    // The peer's side, step by step.
    Caller& accept() {
        peers_.push_back(std::make_unique<Caller>(loop_.io));
        loop_.run(accept_into(*this, *peers_.back()));
        return *peers_.back();
    }
    std::string hear(Caller& peer, std::string mark = "\r\n\r\n{}") {
        return loop_.run(Caller::until(peer, std::move(mark)));
    }
    void say(Caller& peer, std::string bytes) { loop_.run(Caller::send(peer, std::move(bytes))); }
    void say_ok(Caller& peer) { say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"); }

    static asio::awaitable<void> accept_into(ClientTest& self, Caller& peer) {
        ++self.accepted_;
        co_await self.acceptor_.async_accept(peer.socket(), asio::use_awaitable);
    }
    // Nobody has connected that was not accepted.
    bool nobody_waits() {
        loop_.io.restart();
        loop_.io.poll();
        acceptor_.non_blocking(true);
        tcp::socket socket(loop_.io);
        boost::system::error_code error;
        acceptor_.accept(socket, error);
        return error == asio::error::would_block;
    }

    Loop loop_;
    BeastClientOptions options_{.guard = {.allow_private = true}};
    tcp::acceptor acceptor_{loop_.io, {asio::ip::address_v4::loopback(), 0}};
    std::uint16_t port_ = acceptor_.local_endpoint().port();
    std::vector<std::unique_ptr<Caller>> peers_;
    int accepted_ = 0;
    std::optional<BeastClient> client_;
};

}  // namespace lango::http
