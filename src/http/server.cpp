#include "http/server.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <system_error>
#include <utility>

#include "http/caller.hpp"
#include "http/session.hpp"

namespace lango::http {

namespace {

constexpr auto awaitable_tuple = asio::as_tuple(asio::use_awaitable);
constexpr Duration sweep_every = std::chrono::milliseconds{50};
constexpr Duration accept_pause = std::chrono::milliseconds{100};
constexpr int backlog = 4096;

using Protocol = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Protocol>;

// The text of the other end's address; "" for anything but TCP.
std::string peer_address(const Socket& socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return {};
    if (endpoint.data()->sa_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, endpoint.data(), sizeof address);
        return asio::ip::address_v4(ntohl(address.sin_addr.s_addr)).to_string();
    }
    if (endpoint.data()->sa_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, endpoint.data(), sizeof address);
        asio::ip::address_v6::bytes_type bytes;
        std::memcpy(bytes.data(), &address.sin6_addr, bytes.size());
        const asio::ip::address_v6 v6(bytes);
        // A listener on "::" sees IPv4 callers in this form.
        return v6.is_v4_mapped() ? asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string()
                                 : v6.to_string();
    }
    return {};
}

[[noreturn]] void cannot_listen(const std::string& where, const boost::system::error_code& error) {
    throw std::system_error(error, "listen on " + where);
}

// Leaves alone what is no socket, and a socket that somebody answers on.
void remove_stale_socket(const asio::any_io_executor& executor, const std::string& path) {
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0) return;
    boost::system::error_code error = asio::error::address_in_use;
    if (!S_ISSOCK(found.st_mode)) cannot_listen(path, error);
    asio::local::stream_protocol::socket probe(executor);
    boost::system::error_code refused;
    probe.connect(asio::local::stream_protocol::endpoint(path), refused);
    if (!refused) cannot_listen(path, error);
    ::unlink(path.c_str());
}

}  // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    Impl(asio::any_io_executor run_on, ServerOptions options, Service service, Random& random)
        : executor(std::move(run_on)),
          context(std::make_shared<SessionContext>(executor, std::move(options), std::move(service),
                                                   random)),
          sweep_timer(executor),
          pause(executor) {}

    void listen(const std::shared_ptr<Acceptor>& acceptor);
    static asio::awaitable<void> accept(std::shared_ptr<Impl> impl,
                                        std::shared_ptr<Acceptor> acceptor);
    static asio::awaitable<void> stop(std::shared_ptr<Impl> impl, Duration deadline);
    void take(Socket socket);
    [[nodiscard]] bool has_place(const std::string& peer) const;
    void sweep();
    void sweep_later();
    void stop_accepting();

    asio::any_io_executor executor;
    std::shared_ptr<SessionContext> context;
    asio::steady_timer sweep_timer;
    asio::steady_timer
        pause;  // one listener out of descriptors waits here; another one shares the wait
    std::vector<std::shared_ptr<Acceptor>> bound;      // until begin()
    std::vector<std::shared_ptr<Acceptor>> acceptors;  // accepting
    std::vector<std::string> local_paths;
};

void Server::Impl::listen(const std::shared_ptr<Acceptor>& acceptor) {
    if (acceptors.empty()) sweep();
    acceptors.push_back(acceptor);
    asio::co_spawn(executor, accept(shared_from_this(), acceptor),
                   [](const std::exception_ptr&) {});
}

asio::awaitable<void> Server::Impl::accept(std::shared_ptr<Impl> impl,
                                           std::shared_ptr<Acceptor> acceptor) {
    while (acceptor->is_open()) {
        Socket socket(impl->executor);
        const auto [error] = co_await acceptor->async_accept(socket, awaitable_tuple);
        if (!error) {
            impl->take(std::move(socket));
        } else if (error != asio::error::operation_aborted &&
                   error != asio::error::connection_aborted) {
            // Out of descriptors or memory: the backlog waits with us instead of a loop that spins.
            impl->pause.expires_after(accept_pause);
            co_await impl->pause.async_wait(awaitable_tuple);
        }
    }
}

bool Server::Impl::has_place(const std::string& peer) const {
    const ServerOptions& options = context->options;
    if (context->stopping || context->count >= options.connections_max) return false;
    if (options.connections_per_address_max == 0) return true;
    return context->by_network.has_place(peer, options.connections_per_address_max) ||
           is_trusted(peer, options.trusted_proxies);
}

void Server::Impl::take(Socket socket) {
    try {
        std::string peer = peer_address(socket);
        if (!has_place(peer)) return;
        auto session = std::make_unique<Session>(context, std::move(socket), std::move(peer));
        // The session stands in the context's list until it ends; run() does not throw.
        asio::co_spawn(executor, Session::run(std::move(session)),
                       [](const std::exception_ptr&) {});
    } catch (const std::bad_alloc&) {
        // This connection is closed; the listener goes on.
    }
}

void Server::Impl::sweep() {
    context->now = std::chrono::steady_clock::now();
    context->date.refresh(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    for (SessionContext::Timed& waiting : context->timed) {
        while (!waiting.empty() && waiting.front().deadline() <= context->now)
            waiting.front().cut();
    }
    sweep_later();
}

void Server::Impl::sweep_later() {
    sweep_timer.expires_after(sweep_every);
    sweep_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        const auto impl = weak.lock();
        if (!error && impl) impl->sweep();
    });
}

void Server::Impl::stop_accepting() {
    context->stopping = true;
    // Before the close: afterwards the path may already be that of the process that replaces us.
    for (const std::string& path : local_paths) ::unlink(path.c_str());
    local_paths.clear();
    boost::system::error_code ignored;
    for (const auto& acceptor : bound) acceptor->close(ignored);
    for (const auto& acceptor : acceptors) acceptor->close(ignored);
    pause.cancel();
}

asio::awaitable<void> Server::Impl::stop(std::shared_ptr<Impl> impl, Duration deadline) {
    impl->stop_accepting();
    SessionContext& context = *impl->context;
    for (Session& session : context.all) session.end_if_idle();
    context.gone.expires_after(deadline);
    if (context.count > 0) co_await context.gone.async_wait(awaitable_tuple);
    // Those that only wait for their socket end at once; close() changes no list.
    for (Session& session : context.all) session.close();
    context.gone.expires_after(accept_pause);
    if (context.count > 0) co_await context.gone.async_wait(awaitable_tuple);
    impl->sweep_timer.cancel();
}

Server::Server(asio::any_io_executor executor, ServerOptions options, Service service,
               Random& random)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options), std::move(service),
                                   random)) {}

Server::~Server() {
    impl_->stop_accepting();
    impl_->sweep_timer.cancel();
    for (Session& session : impl_->context->all) session.close();
}

std::uint16_t Server::listen_tcp(const std::string& address, std::uint16_t port) {
    const auto bound = bind_tcp(address, port);
    begin();
    return bound;
}

void Server::begin() {
    for (const auto& acceptor : std::exchange(impl_->bound, {})) impl_->listen(acceptor);
}

std::uint16_t Server::bind_tcp(const std::string& address, std::uint16_t port) {
    const std::string where = address + ":" + std::to_string(port);
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address, error);
    if (error) cannot_listen(where, error);
    const asio::ip::tcp::endpoint endpoint(ip, port);
    auto acceptor = std::make_shared<Acceptor>(impl_->executor);
    acceptor->open(Protocol(endpoint.protocol()), error);
    if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor->bind(Protocol::endpoint(endpoint), error);
    if (!error) acceptor->listen(backlog, error);
    if (error) cannot_listen(where, error);
    asio::ip::tcp::endpoint bound;
    const auto local = acceptor->local_endpoint();
    std::memcpy(bound.data(), local.data(), local.size());
    impl_->bound.push_back(acceptor);
    return bound.port();
}

void Server::listen_local(const std::string& path) {
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
        cannot_listen(path, asio::error::name_too_long);
    }
    remove_stale_socket(impl_->executor, path);
    boost::system::error_code error;
    const asio::local::stream_protocol::endpoint endpoint(path);
    auto acceptor = std::make_shared<Acceptor>(impl_->executor);
    acceptor->open(Protocol(endpoint.protocol()), error);
    if (error) cannot_listen(path, error);
    // Linux gives the file the mode of the socket: at no moment is it open to others.
    if (::fchmod(acceptor->native_handle(), 0600) != 0)
        cannot_listen(path, {errno, boost::system::system_category()});
    acceptor->bind(Protocol::endpoint(endpoint), error);
    if (!error) acceptor->listen(backlog, error);
    if (error) cannot_listen(path, error);
    impl_->local_paths.push_back(path);
    impl_->listen(acceptor);
}

asio::awaitable<void> Server::stop(Duration deadline) { return Impl::stop(impl_, deadline); }

std::size_t Server::connections() const { return impl_->context->count; }

}  // namespace lango::http
