#include "http/beast_client.hpp"

#include <utility>

#include "http/pool.hpp"
#include "http/request_writer.hpp"
#include "http/resolver.hpp"
#include "http/response_reader.hpp"
#include "http/target.hpp"

namespace lango::http {

namespace {

constexpr Duration sweep_every = std::chrono::milliseconds{50};
constexpr int sweeps_per_pool_sweep = 20;
constexpr Duration forget_after = std::chrono::minutes{10};  // an origin's TLS session
constexpr Duration address_min = std::chrono::seconds{1};    // for one of several addresses

using Answer = Result<ClientResponse, ClientError>;

ClientError not_sent(std::string message) { return {Reached::not_sent, std::move(message)}; }
ClientError unknown(std::string message) { return {Reached::unknown, std::move(message)}; }

}  // namespace

struct BeastClient::Impl : std::enable_shared_from_this<BeastClient::Impl> {
    Impl(asio::any_io_executor run_on, BeastClientOptions given)
        : executor(std::move(run_on)),
          options(std::move(given)),
          resolver(executor),
          timer(executor) {
        // A CA file that cannot be read is known at the start; the system's is read when it is
        // needed.
        if (!options.ca_file.empty()) tls.emplace(options.ca_file);
    }

    struct Outcome {
        Answer answer;
        bool silent = true;  // not one byte of an answer
        bool reusable = false;
    };

    static asio::awaitable<Answer> send(std::shared_ptr<Impl> impl, ClientRequest request);
    static asio::awaitable<std::optional<Lease>> wait_for_lease(Impl& self, Exchange& exchange,
                                                                Origin& origin);
    static asio::awaitable<std::string> open(Impl& self, Exchange& exchange, const Target& target,
                                             bool guard, Connection& connection);
    static asio::awaitable<std::string> connect(Impl& self, Exchange& exchange,
                                                const Lookup& lookup, std::uint16_t port,
                                                bool guard, Connection& connection);
    static asio::awaitable<Outcome> converse(Exchange& exchange, Connection& connection,
                                             std::string_view wire, const ClientRequest& request);
    TlsContext& tls_context();
    void keep_sweeping();
    void sweep();

    asio::any_io_executor executor;
    BeastClientOptions options;
    std::optional<TlsContext> tls;
    Pool pool;
    Resolver resolver;
    intrusive::list<Exchange, intrusive::constant_time_size<false>> exchanges;
    asio::steady_timer timer;
    bool sweeping = false;
    bool closed = false;
    int sweeps = 0;
};

TlsContext& BeastClient::Impl::tls_context() {
    if (!tls) tls.emplace(std::string{});
    return *tls;
}

// Runs only while there is something to watch, so that an idle client lets its executor end.
void BeastClient::Impl::keep_sweeping() {
    if (sweeping || closed) return;
    sweeping = true;
    timer.expires_after(sweep_every);
    timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (self && !error) self->sweep();
    });
}

void BeastClient::Impl::sweep() {
    sweeping = false;
    const Steady now = std::chrono::steady_clock::now();
    for (Exchange& exchange : exchanges) exchange.sweep(now);
    if (++sweeps % sweeps_per_pool_sweep == 0)
        pool.sweep(now - options.idle_max, now - forget_after);
    if (!exchanges.empty() || pool.has_idle()) keep_sweeping();
}

asio::awaitable<std::optional<Lease>> BeastClient::Impl::wait_for_lease(Impl& self,
                                                                        Exchange& exchange,
                                                                        Origin& origin) {
    Waiter waiter(self.executor);
    origin.waiting.push_back(waiter);
    exchange.waits_for(&waiter.event);
    co_await waiter.event.wait();
    exchange.waits_for(static_cast<Event*>(nullptr));
    co_return std::move(waiter.lease);
}

// Connects to the first address that the guard lets through and that answers. The address checked
// is the one connected to: a name that changes its mind in between gains nothing.
asio::awaitable<std::string> BeastClient::Impl::connect(Impl& self, Exchange& exchange,
                                                        const Lookup& lookup, std::uint16_t port,
                                                        bool guard, Connection& connection) {
    std::string error;
    std::size_t left = lookup.addresses.size();
    for (const asio::ip::address& address : lookup.addresses) {
        const auto remaining = exchange.deadline() - std::chrono::steady_clock::now();
        const auto share = remaining / static_cast<std::int64_t>(left--);
        if (guard && !self.options.guard.allows(address.to_string())) {
            if (error.empty()) error = "address refused: " + address.to_string();
            continue;
        }
        if (left > 0) {
            exchange.set_step_deadline(std::chrono::steady_clock::now() +
                                       std::max<Steady::duration>(share, address_min));
        }
        const ErrorCode failed = co_await Connection::connect(connection, {address, port});
        exchange.set_step_deadline(Steady::max());
        if (exchange.expired()) co_return "timeout";
        if (!failed) co_return std::string{};
        error =
            "connect: " + (failed == asio::error::operation_aborted ? "timeout" : text_of(failed));
    }
    co_return error;
}

// Everything up to the first byte of the request: name, address, TLS. Returns the error's text.
asio::awaitable<std::string> BeastClient::Impl::open(Impl& self, Exchange& exchange,
                                                     const Target& target, bool guard,
                                                     Connection& connection) {
    const std::shared_ptr<Lookup> lookup = self.resolver.look_up(target.host);
    if (!lookup->done) {
        Event answered(self.executor);
        lookup->waiting.push_back(answered);
        exchange.waits_for(&answered);
        co_await answered.wait();
        exchange.waits_for(static_cast<Event*>(nullptr));
        if (exchange.expired()) co_return "timeout";
    }
    if (!lookup->error.empty()) co_return "dns: " + lookup->error;
    exchange.waits_for(&connection);
    std::string error = co_await connect(self, exchange, *lookup, target.port, guard, connection);
    if (error.empty() && target.tls)
        error = co_await Connection::handshake(connection, self.tls_context(), target.host);
    exchange.waits_for(static_cast<Connection*>(nullptr));
    if (exchange.expired()) co_return "timeout";
    co_return error;
}

asio::awaitable<BeastClient::Impl::Outcome> BeastClient::Impl::converse(
    Exchange& exchange, Connection& connection, std::string_view wire,
    const ClientRequest& request) {
    exchange.waits_for(&connection);
    const Connection::Written written = co_await Connection::write(connection, wire);
    if (written.error) {
        exchange.waits_for(static_cast<Connection*>(nullptr));
        const std::string why = exchange.expired() ? "timeout" : "write: " + text_of(written.error);
        co_return Outcome{Unexpected<ClientError>(written.anything ? unknown(why) : not_sent(why))};
    }
    ResponseReader reader(request.body_max, request.method == Method::head);
    bool silent = true;
    ErrorCode error;
    while (!error && reader.state() == ResponseReader::State::reading) {
        error = co_await Connection::read(connection);
        silent = silent && connection.input().empty();
        connection.input().consume(reader.feed(connection.input().view()));
        if (error == asio::error::eof) reader.end();
    }
    exchange.waits_for(static_cast<Connection*>(nullptr));
    using State = ResponseReader::State;
    if (reader.state() == State::complete || reader.state() == State::truncated) {
        const bool reusable = !error && reader.keep_alive() && connection.input().empty();
        co_return Outcome{reader.take(), false, reusable};
    }
    std::string why = reader.state() == State::failed ? reader.error() : "read: " + text_of(error);
    if (exchange.expired()) why = "timeout";
    co_return Outcome{Unexpected<ClientError>(unknown(std::move(why))), silent};
}

asio::awaitable<Answer> BeastClient::Impl::send(std::shared_ptr<Impl> impl, ClientRequest request) {
    using Failed = Unexpected<ClientError>;
    const Result<Target, std::string> target = parse_target(request.url);
    if (!target) co_return Failed(not_sent(target.error()));
    std::string wire;
    if (!append_request(wire, request, *target, impl->options.user_agent)) {
        co_return Failed(not_sent("request: a header or method that cannot be sent"));
    }
    const Steady now = std::chrono::steady_clock::now();
    Exchange exchange(now + request.timeout);
    impl->exchanges.push_back(exchange);
    impl->keep_sweeping();

    const std::shared_ptr<Origin> origin =
        impl->pool.origin(target->origin(), request.guard_address);
    origin->used = now;
    std::optional<Lease> lease = origin->take(impl->options.connections_per_origin_max);
    if (!lease) {
        std::optional<Lease> granted = co_await wait_for_lease(*impl, exchange, *origin);
        if (granted) lease.emplace(std::move(*granted));
    }
    for (;;) {
        if (exchange.expired() || !lease) co_return Failed(not_sent("timeout"));
        if (lease->connection() == nullptr || !lease->connection()->is_still_open()) {
            lease->replace(std::make_unique<Connection>(impl->executor, origin->session));
            std::string error = co_await open(*impl, exchange, *target, request.guard_address,
                                              *lease->connection());
            if (!error.empty()) co_return Failed(not_sent(std::move(error)));
        }
        const bool reused = lease->connection()->was_used();
        lease->connection()->mark_used();
        Outcome outcome = co_await converse(exchange, *lease->connection(), wire, request);
        if (outcome.answer) {
            if (outcome.reusable && !impl->closed) lease->allow_reuse();
            co_return std::move(outcome.answer);
        }
        // Closed by the peer while it lay idle: only what certainly was not received, or may be
        // received twice, is sent again; once, because the next connection is new.
        const bool certain = outcome.answer.error().reached == Reached::not_sent;
        const bool again = reused && !exchange.expired() &&
                           (certain || (outcome.silent && request.method == Method::get));
        if (!again) co_return std::move(outcome.answer);
        lease->replace(nullptr);
    }
}

BeastClient::BeastClient(asio::any_io_executor executor, BeastClientOptions options)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options))) {}

// Requests under way end as if their time had run out.
BeastClient::~BeastClient() {
    impl_->closed = true;
    impl_->timer.cancel();
    for (Exchange& exchange : impl_->exchanges) exchange.sweep(Steady::max());
    impl_->pool.close_idle();
}

asio::awaitable<Result<ClientResponse, ClientError>> BeastClient::send(ClientRequest request) {
    return Impl::send(impl_, std::move(request));
}

}  // namespace lango::http
