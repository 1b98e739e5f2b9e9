#include "postbacks/delivery.hpp"

#include "postbacks/lanes.hpp"

namespace lango::postbacks {

Delivery::Delivery(store::Store& store, http::Client& client, Clock& clock, Random& random,
                   const merchants::Directory& directory, asio::any_io_executor executor,
                   DeliveryOptions options, Observe observe)
    : impl_(std::make_shared<Impl>(store, client, clock, random, directory, std::move(executor),
                                   options, std::move(observe))) {}

Delivery::~Delivery() {
    impl_->stopping = true;
    impl_->abandoned = true;
    for (auto& [merchant, lane] : impl_->lanes) Impl::wake(lane);
}

asio::awaitable<void> Delivery::start() {
    auto self = impl_;
    co_await self->store.write([now = self->clock.now()](store::Tx& tx) { void_leases(tx, now); });
    self->started = true;
    for (const auto& merchant : self->directory.all()) self->lane_of(merchant->id);
}

void Delivery::hand_over(Message message) { impl_->accept(std::move(message)); }

void Delivery::wake(MerchantId merchant) {
    if (!impl_->started || impl_->stopping) return;
    auto& lane = impl_->lane_of(merchant);
    lane.look_at = Instant{};
    Impl::wake(lane);
}

asio::awaitable<void> Delivery::stop() {
    auto self = impl_;
    self->stopping = true;
    for (auto& [merchant, lane] : self->lanes) Impl::wake(lane);
    while (self->busy()) {
        self->idle->expires_at(self->clock.now() + longest_sleep);
        static_cast<void>(co_await self->idle->wait());
    }
}

DeliveryStats Delivery::stats() const { return impl_->stats; }

}  // namespace lango::postbacks
