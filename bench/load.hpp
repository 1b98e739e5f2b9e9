// Sends orders over a fixed number of connections: at a rate, whether or not answers come back
// (an open model: a slow answer delays nobody's start, and its wait counts), or as fast as answers
// come.
#pragma once
#include <string>
#include <vector>

#include "bench/event_loop.hpp"
#include "bench/requests.hpp"

namespace lango::bench {

struct LoadOptions {
    std::uint16_t port = 0;
    std::size_t connections = 64;
    double rate = 0;  // requests per second; 0: as fast as answers come
    std::uint64_t first = 0;
    std::size_t count = 0;
    Requests requests;
};

class Load {
  public:
    Load(EventLoop& loop, LoadOptions options);
    // Sends what is due.
    void pump();
    // When pump must be called next, if nothing arrives before.
    [[nodiscard]] Steady::time_point next_due() const;
    [[nodiscard]] bool answered() const { return done_ == options_.count; }
    [[nodiscard]] Steady::time_point began() const { return began_; }
    [[nodiscard]] Steady::time_point ended() const { return ended_; }
    // When each request was due, by number - first.
    [[nodiscard]] const std::vector<Steady::time_point>& starts() const { return starts_; }
    // Microseconds from when a request was due to its answer, in order of answers.
    [[nodiscard]] std::vector<double>& latencies() { return latencies_; }
    [[nodiscard]] std::size_t refused() const { return refused_; }
    [[nodiscard]] const std::string& first_refusal() const { return first_refusal_; }

  private:
    struct Connection {
        Descriptor socket;
        std::string buffer;
        Steady::time_point due;
    };
    [[nodiscard]] Steady::time_point due(std::size_t index) const;
    void read(Connection& connection);

    EventLoop& loop_;
    LoadOptions options_;
    std::vector<Connection> connections_;
    std::vector<Connection*> free_;
    std::size_t sent_ = 0;
    std::size_t done_ = 0;
    std::size_t refused_ = 0;
    std::string first_refusal_;
    Steady::time_point began_;
    Steady::time_point ended_;
    std::vector<Steady::time_point> starts_;
    std::vector<double> latencies_;
};

}  // namespace lango::bench
