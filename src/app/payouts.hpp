// Money out, put together: the connector, what settles payouts, the workers, and what operators see
// of them. A gateway without an initiator has none of it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/context.hpp"
#include "backoffice/routes.hpp"
#include "base/clock.hpp"
#include "batches/releaser.hpp"
#include "deposits/worker.hpp"
#include "ops/metrics.hpp"
#include "rails/daraja/payouts.hpp"
#include "rails/payout.hpp"
#include "store/store.hpp"
#include "withdrawals/float_watch.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/worker.hpp"

namespace lango::app {

namespace asio = boost::asio;

struct PayoutSetup {
    rails::daraja::PayoutOptions rail;
    withdrawals::WorkerOptions worker;
    Duration float_poll = std::chrono::minutes{5};
    Money float_alarm = Money::zero();  // zero: none
    std::optional<Instant> password_expires;
    batches::ReleaserOptions batches{};
};

class Payouts final : public backoffice::PayoutControl {
  public:
    struct Parts {
        asio::any_io_executor executor;
        store::Store& store;
        Clock& clock;
        IdSource& ids;
        const crypto::MasterKey& master;
        rails::daraja::App& app;
        const merchants::Directory& merchants;
        std::function<std::shared_ptr<const rates::Table>()> rates;
        std::function<void(postbacks::Message)> hand_over;
        std::function<void(std::string_view, std::string_view, Duration)> rail_noticed;
        ops::Metrics* metrics = nullptr;
        // Why nothing may go out at all (laws/audit.hpp).
        std::function<std::optional<std::string>()> stops = {};
        // Why no batch goes on by itself.
        std::function<std::optional<std::string>()> stops_batches = {};
    };
    Payouts(Parts parts, PayoutSetup setup);
    void start();
    [[nodiscard]] asio::awaitable<void> stop();

    [[nodiscard]] const api::Payouts& intake() const { return intake_; }
    [[nodiscard]] rails::PayoutRoute route() const { return rail_.route(); }
    [[nodiscard]] std::int64_t shortcode() const override { return route().shortcode; }
    void wake() { worker_.wake(); }
    void wake_batches() { releaser_.wake(); }
    // For a careful run (runs/watch.hpp).
    [[nodiscard]] asio::awaitable<runs::Tried> try_alone() { return worker_.try_alone(); }
    [[nodiscard]] asio::awaitable<bool> ask_float() override { return watch_.ask(); }
    [[nodiscard]] asio::awaitable<std::string> resume(std::string who, std::string seen) override;

    // Sets the gauges that are counted in the store.
    [[nodiscard]] asio::awaitable<void> collect();
    // Why payouts stand still, or soon will; nothing when all is well.
    [[nodiscard]] std::optional<std::string> trouble() const;

  private:
    [[nodiscard]] bool is_stopped() const { return parts_.stops && parts_.stops(); }
    void notice_settled(withdrawals::Settled settled);
    void notice_float(const rails::FloatReading& reading);
    void notice_float_refused(const rails::FloatSeen& seen);
    void notice_halt(const std::optional<withdrawals::Halt>& seen);

    Parts parts_;
    PayoutSetup setup_;
    rails::daraja::Payouts rail_;
    withdrawals::Settler settler_;
    withdrawals::Worker worker_;
    withdrawals::FloatWatch watch_;
    api::Payouts intake_;
    batches::Releaser releaser_;
    std::optional<withdrawals::Halt> halt_;  // as it was last seen
    std::optional<withdrawals::Halt> questions_halt_;
    std::string float_refused_;  // the last answer to the question for it
    bool low_ = false;
};

}  // namespace lango::app
