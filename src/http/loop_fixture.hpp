// For tests: one event loop, one thread, real sockets on 127.0.0.1.
#pragma once
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <string>

#include "http/response_reader.hpp"

namespace lango::http {

namespace asio = boost::asio;
using asio::ip::tcp;

// Runs coroutines to their end; a test that hangs fails after half a minute.
class Loop {
  public:
    asio::io_context io{1};

    template <class T>
    T run(asio::awaitable<T> work) {
        std::optional<T> result;
        std::exception_ptr failed;
        bool done = false;
        asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& error, T value) {
            failed = error;
            if (!error) result.emplace(std::move(value));
            done = true;
        });
        wait_for(done);
        if (failed) std::rethrow_exception(failed);
        return std::move(*result);
    }
    void run(asio::awaitable<void> work) {
        std::exception_ptr failed;
        bool done = false;
        asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& error) {
            failed = error;
            done = true;
        });
        wait_for(done);
        if (failed) std::rethrow_exception(failed);
    }
    // Turns the loop until the flag is set by what runs in it.
    void wait_for(const bool& flag) {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        io.restart();
        while (!flag) {
            if (io.run_one_until(give_up) == 0)
                throw std::runtime_error("the loop has nothing left to do, or hangs");
        }
    }
    template <class Condition>
    void until(Condition condition) {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        io.restart();
        while (!condition()) {
            if (io.run_one_until(give_up) == 0)
                throw std::runtime_error("the loop has nothing left to do, or hangs");
        }
    }
};

// A caller that writes bytes of its own.
template <class Protocol>
class RawCaller {
  public:
    explicit RawCaller(asio::io_context& io) : socket_(io) {}

    void connect(const typename Protocol::endpoint& endpoint) { socket_.connect(endpoint); }
    static asio::awaitable<void> send(RawCaller& self, std::string bytes) {
        co_await asio::async_write(self.socket_, asio::buffer(bytes), asio::use_awaitable);
    }
    // The next answer; status 0 when the connection ended first.
    static asio::awaitable<ClientResponse> answer(RawCaller& self, bool head = false) {
        ResponseReader reader(std::size_t{16} * 1024 * 1024, head);
        while (reader.state() == ResponseReader::State::reading) {
            self.received_.erase(0, reader.feed(self.received_));
            if (reader.state() != ResponseReader::State::reading) break;
            if (!co_await more(self)) reader.end();
        }
        co_return reader.state() == ResponseReader::State::complete ? reader.take()
                                                                    : ClientResponse{};
    }
    // Everything up to the end of the connection.
    static asio::awaitable<std::string> rest(RawCaller& self) {
        while (co_await more(self)) {
        }
        co_return std::move(self.received_);
    }
    // Up to and with the mark; what there is when the connection ends first.
    static asio::awaitable<std::string> until(RawCaller& self, std::string mark) {
        std::size_t end = self.received_.find(mark);
        while (end == std::string::npos) {
            const std::size_t seen = self.received_.size();
            if (!co_await more(self)) break;
            end = self.received_.find(mark, seen - std::min(seen, mark.size() - 1));
        }
        std::string text =
            self.received_.substr(0, end == std::string::npos ? end : end + mark.size());
        self.received_.erase(0, text.size());
        co_return text;
    }
    void close() { socket_.close(); }
    typename Protocol::socket& socket() { return socket_; }

  private:
    static asio::awaitable<bool> more(RawCaller& self) {
        std::array<char, 16 * 1024> block;
        boost::system::error_code error;
        const std::size_t count = co_await self.socket_.async_read_some(
            asio::buffer(block), asio::redirect_error(asio::use_awaitable, error));
        self.received_.append(block.data(), count);
        co_return !error;
    }

    typename Protocol::socket socket_;
    std::string received_;
};

using Caller = RawCaller<tcp>;

}  // namespace lango::http
