// Reads the rail's own list of payments from time to time, for money that no confirmation told of
// and for claims that wait for proof. Where it has got to is a row, so that a restart misses
// nothing. A page that cannot be read is kept for a person; what comes after it is read, and its
// slice again later, as long as the list reaches.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "paybill/desk.hpp"
#include "rails/rail.hpp"
#include "store/store.hpp"

namespace lango::paybill {

struct SweepOptions {
    Duration every{};                                  // zero: for claims only
    Duration claims_every = std::chrono::seconds{30};  // while a claim is new; a list may be behind
    Duration claims_later = std::chrono::minutes{15};  // then, from the oldest claim on
    Duration overlap = std::chrono::minutes{10};       // that much a list is behind; a claim is new
    Duration slice = std::chrono::hours{1};            // of one question: lists have an end,
    Duration slice_min = std::chrono::seconds{4};   // and are asked for less when they are too long
    Duration reach = std::chrono::hours{48};        // the list goes back no further (daraja.md 6.4)
    Duration unread_every = std::chrono::hours{1};  // a slice that nobody could read is read again
};

class Sweep {
  public:
    struct Parts {
        store::Store& store;
        rails::Rail& rail;
        Clock& clock;
        Desk& desk;
        asio::any_io_executor executor;
        std::function<void(std::string_view error)> trouble;  // for logs
    };
    Sweep(Parts parts, SweepOptions options);
    ~Sweep();
    [[nodiscard]] asio::awaitable<void> start();
    // A claim waits: look soon.
    void wake();
    // An older backup was put back: the list is read as far as it reaches, again and again until it
    // has been; restore::note_pulled says so.
    void read_back();
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::paybill
