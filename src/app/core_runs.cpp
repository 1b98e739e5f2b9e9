// What the core does about its runs: who is tried alone, and who is woken when care ends.
#include "api/rail_door.hpp"
#include "app/core.hpp"
#include "ops/logging.hpp"

namespace lango::app {

runs::Watch::Parts Core::watch_parts() {
    std::vector<runs::TryOne> workers{[this] { return worker_.try_alone(); },
                                      [this] { return delivery_.try_alone(); }};
    if (payouts_) workers.emplace_back([this] { return payouts_->try_alone(); });
    return {.store = ports_.store,
            .clock = ports_.clock,
            .executor = ports_.executor,
            .workers = std::move(workers),
            .settled =
                [this] {
                    log::info("runs",
                              "ten minutes without a death: nothing is kept apart any more");
                    if (ports_.metrics != nullptr) ports_.metrics->deaths_in_a_row.set(0);
                    worker_.wake_checks();
                    if (payouts_) payouts_->wake();
                    for (const auto& merchant : merchants_.all()) delivery_.wake(merchant->id);
                },
            .trouble =
                [](std::string_view error) {
                    log::error("runs", "one that goes alone could not be taken or recorded",
                               {{"error", error}});
                }};
}

recovery::CarefulDoor::Parts Core::careful_door_parts() {
    const auto& addresses = options_.callback_addresses;
    return {
        .executor = ports_.executor,
        .store = ports_.store,
        .clock = ports_.clock,
        .watch = watch_,
        .master = ports_.master,
        .peer = addresses.empty() ? std::string{} : addresses.front(),
        .refused =
            [this](const http::Request& request) { return api::refuse_at_door(context_, request); },
        .noticed =
            [metrics = ports_.metrics](std::string_view outcome) {
                if (metrics != nullptr) metrics->callbacks.with(outcome).add();
            }};
}

asio::awaitable<void> Core::tried_again(std::optional<MerchantId> merchant) {
    if (merchant) delivery_.wake(*merchant);
    worker_.wake_checks();
    if (payouts_) payouts_->wake();
    co_await careful_door_.refresh();
}

std::optional<std::string> Core::batches_stop() const {
    if (auto broken = audit_.stops()) return broken;
    // What it lacks may have been paid already.
    return restored_.trouble();
}

}  // namespace lango::app
