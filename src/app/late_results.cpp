#include "app/late_results.hpp"

#include "ops/logging.hpp"

namespace lango::app {

// Nobody calls these: no worker runs.
rails::asio::awaitable<rails::PayoutAnswer> LateResults::Off::pay(rails::Payout /*payout*/) {
    rails::PayoutAnswer answer;
    answer.outcome = rails::Submitted::not_submitted;
    answer.code = off;
    co_return answer;
}

rails::asio::awaitable<bool> LateResults::Off::ask(rails::PayoutQuestion /*question*/) {
    co_return false;
}

rails::asio::awaitable<bool> LateResults::Off::ask_float() { co_return false; }

LateResults::LateResults(Parts parts, const withdrawals::WorkerOptions& options)
    : rail_(parts.shortcode),
      settler_({.store = parts.store,
                .clock = parts.clock,
                .ids = parts.ids,
                .merchants = parts.merchants,
                .rates = std::move(parts.rates),
                .rail = rail_,
                .hand_over = std::move(parts.hand_over),
                .noticed =
                    [](withdrawals::Settled settled) {
                        log::warn("withdrawals", "told of a payout, and payouts are off",
                                  {{"outcome", withdrawals::name(settled)}});
                    },
                .wake_worker = {}},
               options) {}

}  // namespace lango::app
