// Connections kept alive, per origin (scheme, host, port) and apart by whether the address guard
// saw them made. Each has its own bound and its own queue, so that a slow one holds up nobody else.
// One thread.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/connection.hpp"
#include "http/exchange.hpp"

namespace lango::http {

struct Origin;

// The right to one connection of an origin, and the connection once there is one. Whatever way a
// request ends, the destructor hands the right on: to the next in the queue, with the connection if
// it may be used again.
class Lease {
  public:
    Lease(std::shared_ptr<Origin> origin, std::unique_ptr<Connection> connection);
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    [[nodiscard]] Connection* connection() { return connection_.get(); }
    void replace(std::unique_ptr<Connection> connection);
    // The exchange ended cleanly: the next one may use the connection.
    void allow_reuse() { reuse_ = true; }

  private:
    std::shared_ptr<Origin> origin_;
    std::unique_ptr<Connection> connection_;
    bool reuse_ = false;
};

struct Waiter : intrusive::list_base_hook<AutoUnlink> {
    explicit Waiter(const asio::any_io_executor& executor) : event(executor) {}
    Event event;
    std::optional<Lease> lease;  // set before the event happens
};

struct Origin : std::enable_shared_from_this<Origin> {
    struct Idle {
        std::unique_ptr<Connection> connection;
        Steady since;
    };
    // A lease at once, or none: wait in the queue.
    [[nodiscard]] std::optional<Lease> take(std::size_t open_max);
    void give_back(std::unique_ptr<Connection> reusable);

    std::size_t open = 0;    // leases out and idle connections together
    std::vector<Idle> idle;  // the newest at the back
    intrusive::list<Waiter, intrusive::constant_time_size<false>> waiting;
    std::shared_ptr<TlsSession> session = std::make_shared<TlsSession>();
    Steady used{};
};

class Pool {
  public:
    // A guarded request never gets a connection that was made without the guard.
    [[nodiscard]] std::shared_ptr<Origin> origin(const std::string& name, bool guarded);
    // Closes what has been idle since before; forgets origins that nobody has used since long
    // before.
    void sweep(Steady idle_before, Steady forget_before);
    void close_idle();
    [[nodiscard]] bool has_idle() const;

  private:
    std::unordered_map<std::string, std::shared_ptr<Origin>> origins_;
};

}  // namespace lango::http
