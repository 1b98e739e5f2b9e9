// Does what is due: payouts that wait, tests, questions about payouts that nobody told the end of.
// The rows are the queue; this holds nothing that a restart would miss.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "rails/payout.hpp"
#include "runs/watch.hpp"
#include "store/also.hpp"
#include "store/store.hpp"
#include "withdrawals/approve.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/judge.hpp"
#include "withdrawals/settle.hpp"
#include "withdrawals/take.hpp"

namespace lango::withdrawals {

namespace asio = boost::asio;

struct WorkerOptions {
    Timing timing{};
    std::size_t payouts_in_flight_max = 64;
    std::size_t questions_in_flight_max = 16;
    Duration postback_lease = std::chrono::seconds{30};
};

// What worker and callbacks share: applies a claim and lets the postback go out.
class Settler {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        IdSource& ids;
        const merchants::Directory& merchants;
        std::function<std::shared_ptr<const rates::Table>()> rates;  // the latest
        const rails::PayoutRail& rail;
        std::function<void(postbacks::Message)> hand_over;
        std::function<void(Settled)> noticed;  // metrics and logs; may be empty
        std::function<void()> wake_worker;     // something is due sooner
    };
    Settler(Parts parts, const WorkerOptions& options)
        : parts_(std::move(parts)), options_(options) {}
    // Durable when they return. Throw what the store throws; of settle() the rail's words are kept
    // then (unapplied.hpp), unless the store cannot write at all.
    [[nodiscard]] asio::awaitable<Settled> settle(WithdrawalId id, rails::PayoutSeen seen);
    [[nodiscard]] asio::awaitable<Settled> record_sent(WithdrawalId id, rails::PayoutAnswer answer);
    [[nodiscard]] asio::awaitable<Settled> finish_test(WithdrawalId id);
    [[nodiscard]] asio::awaitable<Settled> cover(WithdrawalId id);
    // What people decide, and what else is in that commit.
    [[nodiscard]] asio::awaitable<Decision> approve(WithdrawalId id, std::string who,
                                                    std::string seen, store::Also also);
    [[nodiscard]] asio::awaitable<Decision> reject(WithdrawalId id, std::string who,
                                                   std::string reason, store::Also also);
    [[nodiscard]] asio::awaitable<Judgement> judge(WithdrawalId id, Verdict verdict,
                                                   store::Also also);

  private:
    [[nodiscard]] SettleContext context(Instant now);
    Settled tell(SettleOutcome outcome);
    Parts parts_;
    WorkerOptions options_;
};

class Worker {
  public:
    struct Parts {
        store::Store& store;
        rails::PayoutRail& rail;
        Clock& clock;
        Settler& settler;
        asio::any_io_executor executor;
        std::function<void(std::string_view operation, std::string_view error)> trouble;
        // Nothing goes out while it says so, whatever stands in the store; may be empty.
        std::function<bool()> stopped;
        // Of each payout before it goes; may be empty.
        Prove prove;
        // What was found when payouts were to be taken, and questions; may be empty.
        std::function<void(const std::optional<Halt>& halt)> halt_seen;
        std::function<void(const std::optional<Halt>& halt)> questions_halt_seen;
    };
    Worker(Parts parts, WorkerOptions options);
    ~Worker();
    void start();
    // Something new is due: call after the commit that made it so.
    void wake();
    // For a careful run, one at a time: lets one of those go that take_alone() has, and waits.
    [[nodiscard]] asio::awaitable<runs::Tried> try_alone();
    // Waits for what is in flight.
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::withdrawals
