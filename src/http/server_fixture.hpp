// For tests: a server with a small service.
#pragma once
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include "http/loop_fixture.hpp"
#include "http/server.hpp"
#include "http/stream.hpp"

namespace lango::http {

using LocalCaller = RawCaller<asio::local::stream_protocol>;

class ServerTest : public testing::Test {
  protected:
    ~ServerTest() override {
        server_.reset();
        loop_.io.restart();
        loop_.io.poll();
    }

    void start(ServerOptions options = {}) {
        bind(std::move(options));
        server_->begin();
    }
    void bind(ServerOptions options = {}) {
        server_.emplace(
            loop_.io.get_executor(), std::move(options),
            [this](const Request& request) { return serve(*this, request); }, random_);
        port_ = server_->bind_tcp("127.0.0.1", 0);
    }
    Caller call() {
        Caller caller(loop_.io);
        caller.connect({asio::ip::address_v4::loopback(), port_});
        return caller;
    }
    // What comes back for these bytes until the server closes.
    std::string converse(std::string bytes) {
        Caller caller = call();
        loop_.run(Caller::send(caller, std::move(bytes)));
        return loop_.run(Caller::rest(caller));
    }
    int status_for(std::string bytes) {
        Caller caller = call();
        loop_.run(Caller::send(caller, std::move(bytes)));
        return loop_.run(Caller::answer(caller)).status;
    }
    // Lets the handler of /hold answer.
    void release() { gate_.cancel(); }

    // Three pieces, each when the loop turns again.
    class Pieces final : public Stream {
      public:
        asio::awaitable<std::optional<std::string>> next() override {
            if (count_ == 3) co_return std::nullopt;
            co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
            co_return std::to_string(++count_) + ";";
        }

      private:
        int count_ = 0;
    };

    // "/echo": the body; "/stream": Pieces; "/throw"; "/hold": waits for release(); "/big": 4 MB;
    // anything else: what the server understood.
    static asio::awaitable<Response> serve(ServerTest& self, const Request& request) {
        ++self.served_;
        Response response;
        response.content_type = "text/plain";
        if (request.path == "/throw") throw std::runtime_error("broken world");
        if (request.path == "/hold") {
            boost::system::error_code woken;
            self.gate_.expires_at(std::chrono::steady_clock::time_point::max());
            co_await self.gate_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        }
        if (request.path == "/stream") {
            response.body = "0;";
            response.stream = std::make_shared<Pieces>();
        } else if (request.path == "/echo") {
            response.body = request.body;
        } else if (request.path == "/big") {
            response.body.assign(std::size_t{4} * 1024 * 1024, 'x');
        } else {
            response.body =
                request.path + '|' + request.query + '|' + request.host + '|' + request.peer;
        }
        co_return response;
    }

    Loop loop_;
    SeededRandom random_{1};
    asio::steady_timer gate_{loop_.io};
    int served_ = 0;
    std::optional<Server> server_;
    std::uint16_t port_ = 0;
};

}  // namespace lango::http
