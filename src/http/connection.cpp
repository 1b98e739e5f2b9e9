#include "http/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cctype>
#include <cerrno>

namespace lango::http {

namespace {

constexpr auto awaitable_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t input_min = std::size_t{4} * 1024;
constexpr std::size_t input_max = std::size_t{32} * 1024;

}  // namespace

Connection::Connection(const asio::any_io_executor& executor, std::shared_ptr<TlsSession> session)
    : socket_(executor), session_(std::move(session)), input_(input_min, input_max) {}

Connection::~Connection() {
    if (tls_) keep_session_at_end(tls_->native_handle());
}

asio::awaitable<ErrorCode> Connection::connect(Connection& self, asio::ip::tcp::endpoint endpoint) {
    self.close();
    const auto [error] = co_await self.socket_.async_connect(endpoint, awaitable_tuple);
    if (error) co_return error;
    ErrorCode ignored;
    self.socket_.non_blocking(true, ignored);
    self.socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    co_return ErrorCode{};
}

asio::awaitable<std::string> Connection::handshake(Connection& self, TlsContext& tls,
                                                   const std::string& host) {
    self.tls_.emplace(self.socket_, tls.context());
    SSL* native = self.tls_->native_handle();
    prepare_tls(native, host, *self.session_);
    const auto [error] =
        co_await self.tls_->async_handshake(asio::ssl::stream_base::client, awaitable_tuple);
    if (!error) co_return std::string{};
    const std::string why = verification_error(native);
    co_return "tls: " + (why.empty() ? text_of(error) : why);
}

asio::awaitable<Connection::Written> Connection::write(Connection& self, std::string_view bytes) {
    if (self.tls_) {
        const auto [error, count] =
            co_await asio::async_write(*self.tls_, asio::buffer(bytes), awaitable_tuple);
        co_return Written{error, true};
    }
    // A request fits the socket's buffer nearly always: no wait, no operation.
    ErrorCode error;
    const std::size_t sent = self.socket_.write_some(asio::buffer(bytes), error);
    if (error == asio::error::would_block) error = {};
    if (error || sent == bytes.size()) co_return Written{error, sent > 0};
    const auto [failed, count] =
        co_await asio::async_write(self.socket_, asio::buffer(bytes.substr(sent)), awaitable_tuple);
    co_return Written{failed, sent + count > 0};
}

asio::awaitable<ErrorCode> Connection::read(Connection& self) {
    const auto space = self.input_.space();
    if (space.empty()) co_return ErrorCode(asio::error::no_buffer_space);
    const asio::mutable_buffer buffer(space.data(), space.size());
    ErrorCode error;
    std::size_t count = 0;
    if (self.tls_) {
        std::tie(error, count) = co_await self.tls_->async_read_some(buffer, awaitable_tuple);
        if (error == asio::ssl::error::stream_truncated) error = asio::error::eof;
    } else {
        std::tie(error, count) = co_await self.socket_.async_read_some(buffer, awaitable_tuple);
    }
    self.input_.commit(count);
    co_return error;
}

bool Connection::is_still_open() {
    if (!socket_.is_open() || !input_.empty()) return false;
    char byte = 0;
    const auto got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::close() {
    ErrorCode ignored;
    socket_.close(ignored);
}

std::string text_of(const ErrorCode& error) {
    std::string text = error.message();
    if (!text.empty())
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

}  // namespace lango::http
