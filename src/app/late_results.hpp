// What the rail still tells of payouts after they have been switched off: those that were under way
// are settled all the same. Nothing goes out and nothing is asked.
#pragma once
#include <functional>
#include <memory>

#include "withdrawals/worker.hpp"

namespace lango::app {

class LateResults {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        IdSource& ids;
        const merchants::Directory& merchants;
        std::function<std::shared_ptr<const rates::Table>()> rates;
        std::function<void(postbacks::Message)> hand_over;
        std::int64_t shortcode = 0;  // of rows that keep none
    };
    LateResults(Parts parts, const withdrawals::WorkerOptions& options);
    [[nodiscard]] withdrawals::Settler& settler() { return settler_; }

  private:
    class Off final : public rails::PayoutRail {
      public:
        explicit Off(std::int64_t shortcode) : shortcode_(shortcode) {}
        [[nodiscard]] rails::PayoutRoute route() const override {
            return {.shortcode = shortcode_, .knows_repeats = false};
        }
        [[nodiscard]] std::string fault_of(const rails::Payout&) const override { return off; }
        [[nodiscard]] rails::Allowance payout_allowance(Instant) override { return {}; }
        void spend_payouts(std::size_t) override {}
        [[nodiscard]] rails::asio::awaitable<rails::PayoutAnswer> pay(rails::Payout) override;
        [[nodiscard]] rails::asio::awaitable<bool> ask(rails::PayoutQuestion) override;
        [[nodiscard]] rails::asio::awaitable<bool> ask_float() override;

      private:
        static constexpr const char* off = "payouts are off";
        std::int64_t shortcode_;
    };

    Off rail_;
    withdrawals::Settler settler_;
};

}  // namespace lango::app
