// Does what is due: pushes that wait, questions about pushes that nobody answered. The rows are the
// queue; this holds nothing that a restart would miss.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "deposits/observe.hpp"
#include "merchants/merchants.hpp"
#include "rails/rail.hpp"
#include "runs/watch.hpp"
#include "store/also.hpp"
#include "store/store.hpp"
#include "unreadable/unreadable.hpp"

namespace lango::deposits {

struct WorkerOptions {
    Timing timing{};
    std::size_t pushes_in_flight_max = 64;
    std::size_t checks_in_flight_max = 16;
    Duration postback_lease = std::chrono::seconds{30};
    std::optional<Money> confirm_above = std::nullopt;
};

// What worker and callbacks share: applies an observation and lets the postback go out.
class Observer {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        IdSource& ids;
        const merchants::Directory& merchants;
        std::function<std::shared_ptr<const rates::Table>()> rates;  // the latest
        std::int64_t shortcode;
        std::function<void(postbacks::Message)> hand_over;
        // Metrics and logs, with the deposit's id or the receipt; may be empty.
        std::function<void(rails::Source, Observed, std::string_view about)> noticed;
        std::function<void()> wake_worker;      // something is due sooner; may be empty
        std::function<void()> wake_sweep = {};  // a claim waits for the rail's list; may be empty
        std::function<void(std::string_view operation, std::string_view code)> alert =
            {};  // failed for our own settings; may be empty
    };
    Observer(Parts parts, const WorkerOptions& options)
        : parts_(std::move(parts)), options_(options) {}
    // Durable when it returns. Throws what the store throws; when applying it went wrong (a broken
    // law, for one), the rail's words are kept all the same and the deposit calls a person.
    // also: in the same commit.
    [[nodiscard]] asio::awaitable<Observed> observe(DepositId id, rails::Observation observation,
                                                    store::Also also = {});
    // What the rail sent and nobody can read; durable when it returns.
    [[nodiscard]] asio::awaitable<void> keep_unreadable(unreadable::Message message);
    // For commands of others that credit deposits: what they need, and what is done once their
    // write is on disk.
    [[nodiscard]] ObserveContext context(Instant now);
    Observed finish(rails::Source source, std::string_view about, ObserveOutcome outcome);
    void wake_by(std::function<void()> wake_worker) { parts_.wake_worker = std::move(wake_worker); }

  private:
    [[nodiscard]] asio::awaitable<void> keep_unapplied(
        DepositId id, std::shared_ptr<const rails::Observation> seen, Instant now, std::string why);

    Parts parts_;
    WorkerOptions options_;
};

class Worker {
  public:
    struct Parts {
        store::Store& store;
        rails::Rail& rail;
        Clock& clock;
        Observer& observer;
        asio::any_io_executor executor;
        std::function<void(std::string_view operation, std::string_view error)>
            trouble;  // for logs
        std::function<void(std::string_view operation, std::string_view code)> alert =
            {};  // refused for our own settings; may be empty
    };
    Worker(Parts parts, WorkerOptions options);
    ~Worker();
    // Rebuilds the phone guards, then works until stop().
    [[nodiscard]] asio::awaitable<void> start();
    // Something new is due: call after the commit that made it so.
    void wake();
    // A question is due at once.
    void wake_checks();
    // For a careful run, one at a time: asks about one of those that take_alone() has, and waits.
    [[nodiscard]] asio::awaitable<runs::Tried> try_alone();
    // Starts nothing more, and waits that long at most for pushes and questions in flight: whether
    // all have ended.
    [[nodiscard]] asio::awaitable<bool> drain(Duration at_most);
    // Waits for all of them.
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::deposits
