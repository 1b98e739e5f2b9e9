// Names to addresses. getaddrinfo blocks, so it runs on a few threads of its own: Asio's resolver
// has one for everybody, where a single slow name server would hold up every origin. Asking again
// while the first answer is due, or for half a minute after it, costs nothing: names whose servers
// are dead take a thread once in a while, and leave the others to everybody else.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/exchange.hpp"

namespace lango::http {

struct Lookup {
    bool done = false;
    std::vector<asio::ip::address> addresses;
    std::string error;  // "name or service not known"
    std::chrono::steady_clock::time_point answered{};
    intrusive::list<Event, intrusive::constant_time_size<false>> waiting;
};

class Resolver {
  public:
    explicit Resolver(asio::any_io_executor executor);
    // Waits for the lookups that run, as long as the system's resolver takes.
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    // Done at once for an address and for localhost and *.localhost (127.0.0.1); else an Event put
    // into waiting happens on the executor when it is done.
    [[nodiscard]] std::shared_ptr<Lookup> look_up(const std::string& host);

  private:
    using Lookups = std::unordered_map<std::string, std::shared_ptr<Lookup>>;
    void forget_old(std::chrono::steady_clock::time_point now);

    asio::any_io_executor executor_;
    std::shared_ptr<Lookups> lookups_;          // that are due, or were answered of late
    std::optional<asio::thread_pool> threads_;  // not before the first name
};

}  // namespace lango::http
