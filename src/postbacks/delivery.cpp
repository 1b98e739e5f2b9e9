#include "postbacks/delivery.hpp"

#include "postbacks/lanes.hpp"

namespace lango::postbacks {

Delivery::Delivery(store::Store& store, http::Client& client, Clock& clock, Random& random,
                   const merchants::Directory& directory, asio::any_io_executor executor,
                   DeliveryOptions options, Observe observe, Trouble trouble)
    : impl_(std::make_shared<Impl>(store, client, clock, random, directory, std::move(executor),
                                   options, std::move(observe), std::move(trouble))) {}

Delivery::~Delivery() {
    impl_->abandoned = true;
    impl_->stop_lanes();
}

asio::awaitable<void> Delivery::start() {
    auto self = impl_;
    co_await self->store.write([merchants = self->directory.all(), lease = self->options.lease,
                                now = self->clock.now()](store::Tx& tx) {
        void_leases(tx, now);
        for (const auto& merchant : merchants) {
            bound_due_times(tx, merchant->id, merchant->postback_schedule, lease, now);
        }
    });
    self->started = true;
    for (const auto& merchant : self->directory.all()) self->lane_of(merchant->id);
}

void Delivery::hand_over(Message message) { impl_->accept(std::move(message)); }

void Delivery::wake(MerchantId merchant) {
    if (!impl_->started || impl_->stopping) return;
    auto& lane = impl_->lane_of(merchant);
    lane.look_at = Instant{};
    lane.loop.wake();
}

asio::awaitable<void> Delivery::stop() {
    auto self = impl_;
    self->stop_lanes();
    co_await self->loops.join();
    co_await self->attempts.join();
}

DeliveryStats Delivery::stats() const { return impl_->stats; }

}  // namespace lango::postbacks
