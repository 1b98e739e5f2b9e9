// The merchants' side of a benchmark: takes postbacks, answers {"status":"ok"}, and keeps when the
// first postback of each order came.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "bench/event_loop.hpp"

namespace lango::bench {

class Sink {
  public:
    // An order's number follows `marker` in its postback; those below `first` and from
    // `first + count` on are answered and not kept.
    Sink(EventLoop& loop, std::uint16_t port, std::string marker, std::uint64_t first,
         std::size_t count);
    [[nodiscard]] std::size_t distinct() const { return distinct_; }
    [[nodiscard]] std::size_t repeated() const { return repeated_; }
    // By number - first; a time point of zero: none came.
    [[nodiscard]] const std::vector<Steady::time_point>& arrivals() const { return arrivals_; }

  private:
    struct Connection {
        Descriptor socket;
        std::string buffer;
    };
    void accept_all();
    void read(Connection& connection);
    void take(std::string_view body);

    EventLoop& loop_;
    Descriptor listener_;
    std::string marker_;
    std::uint64_t first_;
    std::vector<Steady::time_point> arrivals_;
    std::size_t distinct_ = 0;
    std::size_t repeated_ = 0;
    std::map<int, std::unique_ptr<Connection>> connections_;
};

}  // namespace lango::bench
