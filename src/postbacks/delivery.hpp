// Delivers postbacks: one lane per merchant, so that a dead or slow merchant delays nobody else.
// Every attempt is recorded together with what comes next, in one write. At least once: a merchant
// may get a message again whose answer was lost. Used on the executor's one thread.
#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "http/client.hpp"
#include "merchants/merchants.hpp"
#include "postbacks/postback.hpp"
#include "runs/watch.hpp"
#include "store/store.hpp"

namespace lango::postbacks {

struct DeliveryOptions {
    Duration timeout = std::chrono::seconds{10};
    Duration lease = std::chrono::seconds{30};
    std::size_t in_flight_per_merchant_max = 64;
    std::size_t in_flight_max = 1024;  // of all; four are assured to each merchant even beyond it
    std::size_t handed_over_per_merchant_max = 10'000;  // beyond: left to the lease
    std::size_t handed_over_max = 20'000;               // of all; about 5 kB each
};

// What came of an attempt, what the postback is now, and how long after it was made; for metrics
// and alarms.
using Observe = std::function<void(PostbackId, AttemptOutcome, State, Duration since_created)>;

// What could not be done for a reason of our own, for logs: "take", "attempt", "read".
using Trouble = std::function<void(std::string_view what, std::string_view error)>;

struct DeliveryStats {
    std::uint64_t delivered = 0;
    std::uint64_t failed_attempts = 0;
    std::uint64_t exhausted = 0;
    std::size_t in_flight = 0;
};

class Delivery {
  public:
    Delivery(store::Store& store, http::Client& client, Clock& clock, Random& random,
             const merchants::Directory& directory, asio::any_io_executor executor,
             DeliveryOptions options, Observe observe = {}, Trouble trouble = {});
    // Without stop(), as when a start failed: the lanes end, nothing more is sent or recorded, and
    // what was taken waits for its lease.
    ~Delivery();
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    // Voids leases of an earlier run (single node), then starts the lanes.
    [[nodiscard]] asio::awaitable<void> start();
    // A message whose creation was committed.
    void hand_over(Message message);
    // A merchant was added, his URL changed, or one of his postbacks is due by hand (resend).
    void wake(MerchantId merchant);
    // For a careful run, one at a time: sends one of those that were in flight when an earlier run
    // died, and waits for its end.
    [[nodiscard]] asio::awaitable<runs::Tried> try_alone();
    [[nodiscard]] asio::awaitable<void> stop();  // waits for attempts in flight
    [[nodiscard]] DeliveryStats stats() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::postbacks
