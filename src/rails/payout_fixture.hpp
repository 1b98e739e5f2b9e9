// For tests: a rail of payouts that is there and takes nothing.
#pragma once
#include "rails/payout.hpp"

namespace lango::rails::test {

class StillPayouts : public PayoutRail {
  public:
    PayoutRoute goes{.shortcode = 600996, .knows_repeats = true};
    bool takes_questions = true;
    int floats = 0;  // asked for
    // What it says of amounts above; none by default.
    std::optional<Money> most;

    [[nodiscard]] PayoutRoute route() const override { return goes; }
    [[nodiscard]] std::string fault_of(const Payout& payout) const override {
        return most && payout.amount > *most ? "more than the rail takes" : "";
    }
    [[nodiscard]] Allowance payout_allowance(Instant) override { return {}; }
    void spend_payouts(std::size_t) override {}
    [[nodiscard]] asio::awaitable<PayoutAnswer> pay(Payout) override { co_return PayoutAnswer{}; }
    [[nodiscard]] asio::awaitable<bool> ask(PayoutQuestion) override { co_return takes_questions; }
    [[nodiscard]] asio::awaitable<bool> ask_float() override {
        ++floats;
        co_return takes_questions;
    }
};

}  // namespace lango::rails::test
