// One request of the client under way and what it waits for just now, so that the shared sweep can
// end it without a timer of its own.
#pragma once
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>

namespace lango::http {

namespace asio = boost::asio;
namespace intrusive = boost::intrusive;

using Steady = std::chrono::steady_clock::time_point;
using AutoUnlink = intrusive::link_mode<intrusive::auto_unlink>;

// Something that happens once and that one coroutine waits for. One thread.
class Event : public intrusive::list_base_hook<AutoUnlink> {
  public:
    explicit Event(const asio::any_io_executor& executor) : timer_(executor, Steady::max()) {}
    void happen() {
        happened_ = true;
        timer_.cancel();
    }
    asio::awaitable<void> wait() {
        while (!happened_) co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    }

  private:
    asio::steady_timer timer_;
    bool happened_ = false;
};

class Connection;

class Exchange : public intrusive::list_base_hook<AutoUnlink> {
  public:
    explicit Exchange(Steady deadline) : deadline_(deadline) {}

    [[nodiscard]] bool expired() const { return expired_; }
    [[nodiscard]] Steady deadline() const { return deadline_; }
    // A nearer deadline for one step, such as one of several addresses; Steady::max() lifts it.
    void set_step_deadline(Steady at) { step_deadline_ = at; }
    // What the sweep has to stop; at most one of the two.
    void waits_for(Event* event) { event_ = event; }
    void waits_for(Connection* connection) { connection_ = connection; }
    void sweep(Steady now);

  private:
    Steady deadline_;
    Steady step_deadline_ = Steady::max();
    bool expired_ = false;
    Event* event_ = nullptr;
    Connection* connection_ = nullptr;
};

}  // namespace lango::http
