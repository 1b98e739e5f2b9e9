// One connection of the server: a coroutine that reads a request, awaits the service, writes the
// answer, and again. What a session waits for stands in one of a few lists ordered by deadline;
// the server's sweep looks only at their fronts, so that no request pays for a timer.
//
//   idle -> header -> body -> handling -> writing -> idle ... -> lingering -> gone
#pragma once
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <string>

#include "http/input_buffer.hpp"
#include "http/networks.hpp"
#include "http/request_reader.hpp"
#include "http/response_writer.hpp"
#include "http/server.hpp"

namespace lango::http {

namespace intrusive = boost::intrusive;

using Socket = asio::generic::stream_protocol::socket;
using Steady = std::chrono::steady_clock::time_point;

// handling has no deadline of ours: a service answers in its own time.
enum class Phase { idle, header, body, writing, lingering, handling };
inline constexpr std::size_t timed_phases = 5;

class Session;

using AllHook = intrusive::list_base_hook<intrusive::tag<struct AllTag>,
                                          intrusive::link_mode<intrusive::auto_unlink>>;
using PhaseHook = intrusive::list_base_hook<intrusive::tag<struct PhaseTag>,
                                            intrusive::link_mode<intrusive::auto_unlink>>;

// What the sessions of one server share. Sessions keep it alive.
struct SessionContext {
    SessionContext(const asio::any_io_executor& executor, ServerOptions given, Service serve,
                   Random& random);

    using All = intrusive::list<Session, intrusive::base_hook<AllHook>,
                                intrusive::constant_time_size<false>>;
    using Timed = intrusive::list<Session, intrusive::base_hook<PhaseHook>,
                                  intrusive::constant_time_size<false>>;

    ServerOptions options;
    Service service;
    RequestIds ids;
    DateText date;
    Steady now;  // as of the last sweep
    bool stopping = false;
    std::size_t count = 0;
    NetworkCounts by_network;  // the same, by peer
    All all;
    std::array<Timed, timed_phases> timed;
    std::string head;         // the one buffer that answers are written into, never across a wait
    asio::steady_timer gone;  // cancelled when the last session has ended
};

class Session : public AllHook, public PhaseHook {
  public:
    // peer: the address at the other end, "" on a local socket.
    Session(std::shared_ptr<SessionContext> context, Socket socket, std::string peer);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Serves until the connection is done. Does not throw.
    static asio::awaitable<void> run(std::unique_ptr<Session> session);

    [[nodiscard]] Steady deadline() const { return deadline_; }
    // The deadline has passed: an unfinished request is answered 408, anything else just ends.
    void cut();
    // The server stops: ends now if no request has begun.
    void end_if_idle();
    void close();

  private:
    enum class Next { read, answer, refuse, say_continue, close };

    void enter(Phase phase);
    [[nodiscard]] Next advance();
    [[nodiscard]] bool received(const boost::system::error_code& error, std::size_t count);
    void prepare_request();
    [[nodiscard]] Response failed(const std::exception_ptr& error);
    // Writes what the socket takes at once; true when that was all, else the rest is in rest_.
    [[nodiscard]] bool write_now(const Response& response, Framing framing);
    void observe(const Response& response, Steady since);
    static asio::awaitable<bool> answer(Session& self);
    static asio::awaitable<void> write_rest(Session& self);
    static asio::awaitable<void> send(Session& self, std::shared_ptr<Stream> stream);
    static asio::awaitable<void> refuse(Session& self, int status);
    static asio::awaitable<void> linger(Session& self);

    std::shared_ptr<SessionContext> context_;
    Socket socket_;
    std::string peer_;
    InputBuffer input_;
    RequestReader reader_;
    Steady deadline_{};
    Phase phase_ = Phase::handling;
    bool expired_ = false;
    bool broken_ = false;  // a write failed
    std::string rest_;
};

}  // namespace lango::http
