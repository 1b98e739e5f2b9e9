#include "postbacks/lanes.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace lango::postbacks {

namespace {

// However many dead merchants fill the common bound, every lane can have this many in flight.
constexpr std::size_t assured = 4;
// Retries that fall due close together are taken with one write.
using Tick = std::chrono::duration<std::int64_t, std::ratio<1, 50>>;

}  // namespace

Delivery::Impl::Impl(store::Store& s, http::Client& c, Clock& k, Random& r,
                     const merchants::Directory& d, asio::any_io_executor e, DeliveryOptions o,
                     Observe seen, Trouble told)
    : store(s),
      client(c),
      clock(k),
      random(r),
      directory(d),
      executor(std::move(e)),
      options(o),
      observe(std::move(seen)),
      trouble(std::move(told)),
      loops(group_parts()),
      attempts(group_parts()) {}

runtime::TaskGroup::Parts Delivery::Impl::group_parts() {
    return {.executor = executor,
            .clock = clock,
            .escaped = [this](std::string_view task, std::string_view error) {
                tell_trouble(task, error);
            }};
}

void Delivery::Impl::stop_lanes() {
    stopping = true;
    for (auto& [merchant, lane] : lanes) lane.loop.stop();
}

Lane& Delivery::Impl::lane_of(MerchantId merchant) {
    const auto [at, is_new] = lanes.try_emplace(merchant, merchant, clock);
    auto& lane = at->second;
    if (is_new) {
        if (stopping) lane.loop.stop();
        lane.loop.start(loops, shared_from_this(), "lane",
                        [this, &lane](Instant now) { return step(lane, now); });
    }
    return lane;
}

// Begins what can be begun; returns until when there is nothing to do unless somebody wakes it.
asio::awaitable<Instant> Delivery::Impl::step(Lane& lane, Instant now) {
    if (reachable(lane.merchant) == nullptr) {
        while (!lane.handed_over.empty()) drop_front(lane);
        co_return now + longest_sleep;  // wake() comes with the URL
    }
    begin_handed_over(lane, now);
    lane.blocked = room(lane) == 0;
    if (lane.blocked) co_return now + longest_sleep;  // the end of an attempt wakes it
    // No sleep is longer: the clock has gone back.
    if (lane.look_at > now + longest_sleep) {
        lane.look_at = now;
        lane.clock_went_back = true;
    }
    if (now >= lane.look_at) co_await take(lane, now);
    co_return std::chrono::ceil<Tick>(lane.look_at);
}

void Delivery::Impl::begin_handed_over(Lane& lane, Instant now) {
    while (!lane.handed_over.empty()) {
        if (!fresh(lane.handed_over.front(), now)) {
            drop_front(lane);
            continue;
        }
        if (room(lane) == 0) return;
        begin(lane, std::move(lane.handed_over.front()));
        lane.handed_over.pop_front();
        --handed_over;
    }
}

asio::awaitable<void> Delivery::Impl::take(Lane& lane, Instant now) {
    // Set before the wait, so that whoever ends an attempt meanwhile can bring it forward.
    lane.look_at = now + longest_sleep;
    try {
        if (lane.clock_went_back) co_await bound(lane, now);
        auto taken = co_await store.write([merchant = lane.merchant, limit = room(lane), now,
                                           lease = options.lease](store::Tx& tx) {
            return take_due(tx, merchant, limit, now, lease);
        });
        if (abandoned) co_return;
        if (taken.next_due) lane.look_at = std::min(lane.look_at, *taken.next_due);
        for (auto& waiting : taken.messages) {
            auto message = co_await rebuild(lane, std::move(waiting));
            if (abandoned) co_return;
            if (message) begin(lane, std::move(*message));
        }
        for (auto& row : taken.unsendable) {
            co_await refuse(lane, std::move(row));
            if (abandoned) co_return;
        }
    } catch (const store::Unavailable&) {
        look_again(lane, now);  // the store says why in its own place
    } catch (const std::exception& error) {
        tell_trouble("take", error.what());
        look_again(lane, now);
    }
}

// What was taken waits for the end of its lease.
void Delivery::Impl::look_again(Lane& lane, Instant now) {
    lane.look_at = std::min(lane.look_at, now + std::chrono::seconds{1});
}

asio::awaitable<void> Delivery::Impl::bound(Lane& lane, Instant now) {
    const auto merchant = directory.by_id(lane.merchant);
    if (merchant == nullptr) co_return;
    co_await store.write([merchant, lease = options.lease, now](store::Tx& tx) {
        bound_due_times(tx, merchant->id, merchant->postback_schedule, lease, now);
    });
    lane.clock_went_back = false;
}

void Delivery::Impl::accept(Message message) {
    if (stopping) return;
    auto& lane = lane_of(message.merchant);
    const auto now = clock.now();
    const auto lease_end = message.created_at + options.lease;
    while (!lane.handed_over.empty() && !fresh(lane.handed_over.front(), now)) drop_front(lane);
    // What is not kept here waits for its lease to end: the row is the queue.
    if (reachable(lane.merchant) == nullptr ||
        lane.handed_over.size() >= options.handed_over_per_merchant_max ||
        handed_over >= options.handed_over_max) {
        lane.look_at = std::min(lane.look_at, lease_end);
        return;
    }
    lane.handed_over.push_back(std::move(message));
    ++handed_over;
    lane.loop.wake();
}

// To be taken from the store when its lease ends.
void Delivery::Impl::drop_front(Lane& lane) {
    LANGO_CHECK(!lane.handed_over.empty() && handed_over > 0, "what is dropped was handed over");
    lane.look_at = std::min(lane.look_at, lane.handed_over.front().created_at + options.lease);
    lane.handed_over.pop_front();
    --handed_over;
}

// Whether an attempt would be over before the lease is: else somebody else may take the row.
bool Delivery::Impl::fresh(const Message& message, Instant now) const {
    return now + options.timeout < message.created_at + options.lease;
}

std::shared_ptr<const merchants::Merchant> Delivery::Impl::reachable(MerchantId merchant) const {
    auto found = directory.by_id(merchant);
    return found == nullptr || found->postback_url.empty() ? nullptr : found;
}

std::size_t Delivery::Impl::room(const Lane& lane) const {
    const auto left = [](std::size_t bound, std::size_t used) {
        return bound - std::min(bound, used);
    };
    return std::min(
        left(options.in_flight_per_merchant_max, lane.in_flight),
        std::max(left(options.in_flight_max, stats.in_flight), left(assured, lane.in_flight)));
}

}  // namespace lango::postbacks
