#include "http/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

#include "http/caller.hpp"
#include "http/stream.hpp"

namespace lango::http {

namespace {

constexpr auto awaitable_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t input_min = std::size_t{2} * 1024;
constexpr std::size_t input_max = std::size_t{16} * 1024;
constexpr std::size_t copy_max =
    std::size_t{8} * 1024;  // a longer body is sent from where it stands
constexpr Duration linger_timeout = std::chrono::seconds{2};

// Thrown by a service, as a text for ServerOptions::failed.
std::string describe(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown exception";
    }
}

}  // namespace

SessionContext::SessionContext(const asio::any_io_executor& executor, ServerOptions given,
                               Service serve, Random& random)
    : options(std::move(given)),
      service(std::move(serve)),
      ids(random),
      now(std::chrono::steady_clock::now()),
      gone(executor) {}

Session::Session(std::shared_ptr<SessionContext> context, Socket socket, std::string peer)
    : context_(std::move(context)),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      input_(input_min, std::max(input_max, 2 * context_->options.header_max)),
      reader_({context_->options.header_max, context_->options.body_max}) {
    context_->all.push_back(*this);
    ++context_->count;
    context_->by_network.add(peer_);
    boost::system::error_code ignored;  // a socket that takes no option fails when it is read
    socket_.non_blocking(true, ignored);
    if (!peer_.empty()) socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Session::~Session() {
    context_->by_network.remove(peer_);
    if (--context_->count == 0) context_->gone.cancel();
}

void Session::enter(Phase phase) {
    phase_ = phase;
    PhaseHook::unlink();
    const ServerOptions& options = context_->options;
    Duration limit{};
    switch (phase) {
        case Phase::handling:
            return;
        case Phase::idle:
            limit = options.idle_timeout;
            break;
        case Phase::header:
            limit = options.header_timeout;
            break;
        case Phase::body:
            limit = options.body_timeout;
            break;
        case Phase::writing:
            limit = options.body_timeout;
            break;
        case Phase::lingering:
            limit = linger_timeout;
            break;
    }
    deadline_ = context_->now + limit;
    context_->timed[static_cast<std::size_t>(phase)].push_back(*this);
}

void Session::cut() {
    expired_ = true;
    PhaseHook::unlink();
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Session::end_if_idle() {
    if (phase_ != Phase::idle) return;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Session::close() {
    expired_ = true;
    boost::system::error_code ignored;
    socket_.close(ignored);
}

// Feeds what has been received to the reader and says what to do now.
Session::Next Session::advance() {
    using State = RequestReader::State;
    input_.consume(reader_.feed(input_.view()));
    switch (reader_.state()) {
        case State::complete:
            return Next::answer;
        case State::refused:
            return Next::refuse;
        case State::header: {
            const Phase wanted = input_.empty() ? Phase::idle : Phase::header;
            if (phase_ != wanted) enter(wanted);
            if (wanted == Phase::idle) input_.shrink();
            // A stopping server waits for no further request.
            return wanted == Phase::idle && context_->stopping ? Next::close : Next::read;
        }
        case State::body:
            if (phase_ != Phase::body) enter(Phase::body);
            if (reader_.take_expectation()) return Next::say_continue;
            input_.widen();
            return Next::read;
    }
    return Next::close;
}

// False: nothing more will come.
bool Session::received(const boost::system::error_code& error, std::size_t count) {
    if (!error) input_.commit(count);
    // A request that came while the server was stopping is still answered.
    return !error && !expired_;
}

asio::awaitable<void> Session::run(std::unique_ptr<Session> session) {
    Session& self = *session;
    try {
        for (;;) {
            switch (self.advance()) {
                case Next::read: {
                    const std::span<char> space = self.input_.space();
                    const auto [error, count] = co_await self.socket_.async_read_some(
                        asio::buffer(space.data(), space.size()), awaitable_tuple);
                    if (self.received(error, count)) break;
                    if (self.expired_ && self.phase_ != Phase::idle) co_await refuse(self, 408);
                    co_return;
                }
                case Next::say_continue: {
                    const auto [error, count] = co_await asio::async_write(
                        self.socket_,
                        asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")),
                        awaitable_tuple);
                    if (error) co_return;
                    break;
                }
                case Next::answer:
                    if (!co_await answer(self)) co_return;
                    // Who sends many at once waits for the others after each.
                    if (!self.input_.empty())
                        co_await asio::post(self.socket_.get_executor(), asio::use_awaitable);
                    break;
                case Next::refuse:
                    co_await refuse(self, self.reader_.refusal());
                    co_return;
                case Next::close:
                    co_return;
            }
        }
    } catch (const std::exception&) {
        // Out of memory or descriptors for this connection: it ends, the others go on.
    }
}

void Session::prepare_request() {
    Request& request = reader_.request();
    request.request_id = context_->ids.next();
    request.peer = caller_address(peer_, request.headers, context_->options.trusted_proxies);
}

Response Session::failed(const std::exception_ptr& error) {
    if (context_->options.failed) context_->options.failed(reader_.request(), describe(error));
    return failure(500, "Internal error");
}

bool Session::write_now(const Response& response, Framing framing) {
    framing.https = context_->options.https;
    std::string& head = context_->head;
    head.clear();
    append_head(head, response, framing, context_->date.view(), reader_.request().request_id);
    std::string_view body;
    if (has_body(response, framing)) body = response.body;
    if (body.size() <= copy_max) {
        head.append(body);
        body = {};
    }
    boost::system::error_code error;
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                    asio::const_buffer(body.data(), body.size())};
    const std::size_t written = body.empty() ? socket_.write_some(asio::buffer(head), error)
                                             : socket_.write_some(buffers, error);
    if (error && error != asio::error::would_block) {
        broken_ = true;
        return true;
    }
    if (written == head.size() + body.size()) return true;
    rest_ = head.substr(std::min(written, head.size()));
    rest_.append(body.substr(written > head.size() ? written - head.size() : 0));
    return false;
}

void Session::observe(const Response& response, Steady since) {
    if (!context_->options.observe) return;
    const auto taken =
        std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - since);
    context_->options.observe(reader_.request(), response, taken);
}

// False: the connection is done.
asio::awaitable<bool> Session::answer(Session& self) {
    self.enter(Phase::handling);
    self.prepare_request();
    const Steady since =
        self.context_->options.observe ? std::chrono::steady_clock::now() : Steady{};
    const Request& request = self.reader_.request();
    Response response;
    std::exception_ptr error_thrown;
    try {
        response = co_await self.context_->service(request);
    } catch (...) {
        error_thrown = std::current_exception();
    }
    if (error_thrown) response = self.failed(error_thrown);
    const bool keep_alive =
        self.reader_.keep_alive() && !self.context_->stopping && !response.stream;
    const Framing framing{keep_alive, self.reader_.is_http_1_0(), request.method == Method::head};
    if (!self.write_now(response, framing)) co_await write_rest(self);
    self.observe(response, since);
    if (response.stream && !framing.head && !self.broken_) {
        co_await send(self, std::move(response.stream));
    }
    if (self.broken_ || self.expired_) co_return false;
    if (!keep_alive) {
        // Bytes that we leave unread would turn the close into a reset, which can destroy the
        // answer.
        co_await linger(self);
        co_return false;
    }
    self.reader_.reset();
    co_return true;
}

asio::awaitable<void> Session::write_rest(Session& self) {
    self.enter(Phase::writing);
    const auto [error, count] =
        co_await asio::async_write(self.socket_, asio::buffer(self.rest_), awaitable_tuple);
    self.broken_ = static_cast<bool>(error);
    self.rest_ = std::string();
}

asio::awaitable<void> Session::send(Session& self, std::shared_ptr<Stream> stream) {
    while (!self.broken_ && !self.expired_ && !self.context_->stopping) {
        self.enter(Phase::handling);
        auto piece = co_await stream->next();
        if (!piece) co_return;
        self.rest_ = std::move(*piece);
        co_await write_rest(self);
    }
}

asio::awaitable<void> Session::refuse(Session& self, int status) {
    self.expired_ = false;
    self.enter(Phase::handling);
    self.prepare_request();
    const Response response = failure(status);
    // What does not fit the socket now is not worth waiting for.
    if (!self.write_now(response, Framing{.keep_alive = false})) self.broken_ = true;
    self.observe(response, std::chrono::steady_clock::now());
    if (!self.broken_) co_await linger(self);
}

// Says that no more comes and reads on, for a moment, until the other side has closed too.
asio::awaitable<void> Session::linger(Session& self) {
    boost::system::error_code error;
    self.socket_.shutdown(asio::socket_base::shutdown_send, error);
    self.enter(Phase::lingering);
    std::array<char, 512> unread{};
    while (!error && !self.expired_) {
        const auto [failed, count] =
            co_await self.socket_.async_read_some(asio::buffer(unread), awaitable_tuple);
        error = failed;
    }
}

}  // namespace lango::http
