// The clockwork: what is due happens in order of time, then of scheduling, by one coroutine and one
// timer; what goes out goes out beside it, so that nobody who hangs holds anything up. One thread.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "http/client.hpp"
#include "simulator/config.hpp"

namespace lango::simulator {

class Agenda {
  public:
    // All of them outlive it. An exception of an act leaves through the executor's run().
    Agenda(const Config& config, Clock& clock, http::Client& client,
           asio::any_io_executor executor);

    void at(Instant when, std::function<void()> act);
    // POSTs JSON to a merchant, again Config::callback_retries times while he does not take it.
    void tell(std::string url, std::string body);
    // The same once, and says what was answered with status 200: null when nothing was, in time.
    void ask(std::string url, std::string body, Duration patience,
             std::function<void(const std::string* answer)> take);
    // Returns at this time, when something stirs, or as soon as the agenda stops.
    [[nodiscard]] asio::awaitable<void> watch(Instant until);
    // Something that somebody may be watching has changed. Counted, so that nobody misses it.
    void stir();
    [[nodiscard]] std::int64_t stirred() const { return stirred_; }
    // The response, not before this time, or as soon as the agenda stops.
    [[nodiscard]] asio::awaitable<http::Response> hold(Instant until, http::Response response);

    void start();
    // Nothing more happens; returns when all that is under way has ended. Once.
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    struct Entry {
        Instant at;
        std::uint64_t order;
        std::function<void()> act;
    };
    asio::awaitable<void> run();
    void post(std::string url, std::string body, int tries);
    static asio::awaitable<void> send(Agenda& self, std::string url, std::string body, int tries);
    static asio::awaitable<void> put(Agenda& self, std::string url, std::string body,
                                     Duration patience,
                                     std::function<void(const std::string*)> take);
    asio::awaitable<void> wait(std::list<std::unique_ptr<Timer>>& among, Instant until);
    void ended();

    const Config& config_;
    Clock& clock_;
    http::Client& client_;
    asio::any_io_executor executor_;
    std::vector<Entry> entries_;  // a heap
    std::uint64_t order_ = 0;
    std::unique_ptr<Timer> timer_;
    std::unique_ptr<Timer> idle_;
    std::list<std::unique_ptr<Timer>> held_;  // replies that wait
    std::list<std::unique_ptr<Timer>> watching_;
    std::int64_t stirred_ = 0;
    std::size_t in_flight_ = 0;  // callbacks, held replies and run() itself
    bool stopping_ = false;
};

}  // namespace lango::simulator
