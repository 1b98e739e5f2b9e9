#include "postbacks/delivery.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <deque>
#include <map>

#include "postbacks/attempts.hpp"
#include "postbacks/body.hpp"
#include "postbacks/exchange.hpp"

namespace lango::postbacks {

namespace {

constexpr Duration longest_sleep = std::chrono::minutes{1};

// What one merchant is owed and how far along it is. His slowness ends here.
struct Lane {
    explicit Lane(std::unique_ptr<Timer> t) : timer(std::move(t)) {}
    std::deque<Message> handed_over;
    std::size_t in_flight = 0;
    bool looping = false;
    bool woken = false;
    std::unique_ptr<Timer> timer;
    Instant look_at{};  // when the store is to be asked for due rows
};

}  // namespace

struct Delivery::Impl : std::enable_shared_from_this<Delivery::Impl> {
    Impl(store::Store& s, http::Client& c, Clock& k, Random& r, const merchants::Directory& d,
         asio::any_io_executor e, DeliveryOptions o,
         std::function<void(AttemptOutcome, Duration)> seen)
        : store(s), client(c), clock(k), random(r), directory(d), executor(std::move(e)),
          options(o), observe(std::move(seen)), idle(clock.timer()) {}

    store::Store& store;
    http::Client& client;
    Clock& clock;
    Random& random;
    const merchants::Directory& directory;
    asio::any_io_executor executor;
    DeliveryOptions options;
    std::function<void(AttemptOutcome, Duration)> observe;
    std::unique_ptr<Timer> idle;
    std::map<MerchantId, Lane> lanes;
    std::map<std::int64_t, std::shared_ptr<const rates::Table>> tables;
    DeliveryStats stats;
    bool stopping = false;

    void wake(Lane& lane) {
        lane.woken = true;
        lane.timer->cancel();
    }

    Lane& lane_of(MerchantId merchant) {
        const auto found = lanes.find(merchant);
        if (found != lanes.end()) return found->second;
        auto& lane = lanes.emplace(merchant, Lane{clock.timer()}).first->second;
        lane.looping = true;
        asio::co_spawn(executor, run_lane(shared_from_this(), merchant), asio::detached);
        return lane;
    }

    // A lane sleeps until something is handed over, a retry is due or an attempt ends.
    static asio::awaitable<void> run_lane(std::shared_ptr<Impl> self, MerchantId merchant) {
        auto& lane = self->lanes.at(merchant);
        while (!self->stopping) {
            lane.woken = false;
            co_await self->step(merchant, lane);
            if (self->stopping || lane.woken) continue;
            lane.timer->expires_at(lane.look_at);
            static_cast<void>(co_await lane.timer->wait());
        }
        lane.looping = false;
        self->idle->cancel();
    }

    asio::awaitable<void> step(MerchantId merchant, Lane& lane) {
        const auto now = clock.now();
        const auto owner = directory.by_id(merchant);
        if (owner == nullptr || owner->postback_url.empty()) {
            lane.look_at = now + longest_sleep;  // wake() comes with the URL
            co_return;
        }
        while (!lane.handed_over.empty() && room(lane) > 0) {
            begin(lane, std::move(lane.handed_over.front()));
            lane.handed_over.pop_front();
        }
        if (now < lane.look_at || room(lane) == 0 || !lane.handed_over.empty()) co_return;
        co_await take(merchant, lane, now);
    }

    [[nodiscard]] std::size_t room(const Lane& lane) const {
        if (stats.in_flight >= options.in_flight_max) return 0;
        return options.in_flight_per_merchant_max -
               std::min(lane.in_flight, options.in_flight_per_merchant_max);
    }

    asio::awaitable<void> take(MerchantId merchant, Lane& lane, Instant now) {
        try {
            auto taken = co_await store.write(
                [merchant, limit = room(lane), now, lease = options.lease](store::Tx& tx) {
                    return take_due(tx, merchant, limit, now, lease);
                });
            lane.look_at = now + longest_sleep;
            if (taken.next_due) lane.look_at = std::min(lane.look_at, *taken.next_due);
            for (auto& waiting : taken.messages) {
                auto message = co_await rebuild(std::move(waiting));
                if (message) begin(lane, std::move(*message));
            }
        } catch (const std::exception&) {
            lane.look_at = now + std::chrono::seconds{1};  // the store says why in its own place
        }
    }

    // The bytes that were signed, or none: what differs from the digest is never sent.
    asio::awaitable<std::optional<Message>> rebuild(Waiting waiting) {
        auto& table = tables[waiting.rates_id];
        if (table == nullptr) {
            auto loaded = co_await store.read([id = waiting.rates_id](store::Reader& reader) {
                return rates::load(reader, id);
            });
            if (loaded) tables[waiting.rates_id] = std::make_shared<const rates::Table>(std::move(*loaded));
        }
        const auto rates = tables[waiting.rates_id];
        auto body = rates == nullptr
                        ? std::string{}
                        : whole_body({.head = std::move(waiting.head), .tail = std::move(waiting.tail)},
                                     *rates, waiting.amount);
        if (crypto::view(crypto::sha256(body)) != waiting.digest) {
            co_await finish({.id = waiting.id,
                             .at = clock.now(),
                             .took = {},
                             .outcome = AttemptOutcome::bytes_changed,
                             .status = 0,
                             .answer = "the rebuilt body is not the signed one"},
                            waiting.created_at);
            co_return std::nullopt;
        }
        co_return Message{.id = waiting.id,
                          .merchant = waiting.merchant,
                          .attempts = waiting.attempts,
                          .created_at = waiting.created_at,
                          .first_attempt_at = waiting.first_attempt_at,
                          .body = std::make_shared<const std::string>(std::move(body))};
    }

    void begin(Lane& lane, Message message) {
        ++lane.in_flight;
        ++stats.in_flight;
        asio::co_spawn(executor, attempt(shared_from_this(), std::move(message)), asio::detached);
    }

    static asio::awaitable<void> attempt(std::shared_ptr<Impl> self, Message message) {
        const auto merchant = self->directory.by_id(message.merchant);
        const auto began = self->clock.now();
        try {
            auto answer = co_await self->client.send(request_for(
                *merchant, message.id, *message.body, began, self->options.timeout));
            co_await self->finish(judge(message.id, began, self->clock.now(), answer),
                                  message.created_at);
        } catch (const std::exception&) {
            // Not recorded: the lease ends and it is sent again, which a merchant must expect.
            ++self->stats.failed_attempts;
        }
        auto& lane = self->lanes.at(message.merchant);
        const bool was_full = self->room(lane) == 0;
        --lane.in_flight;
        --self->stats.in_flight;
        if (was_full || !lane.handed_over.empty()) self->wake(lane);
        if (self->stopping) self->idle->cancel();
    }

    asio::awaitable<void> finish(Attempt attempt, Instant created_at) {
        const auto outcome = attempt.outcome;
        const auto ended = attempt.at + attempt.took;
        struct Next {
            MerchantId merchant;
            std::optional<Instant> due;
        };
        const auto next = co_await store.write(
            [attempt = std::move(attempt), random = random.next()](store::Tx& tx) {
                const auto due = record(tx, attempt, random);
                const auto merchant = tx.first(
                    "SELECT merchant_id FROM postbacks WHERE id = ?1",
                    [](const store::Row& row) { return MerchantId{row.integer(0)}; }, attempt.id);
                return Next{*merchant, due};
            });
        if (outcome == AttemptOutcome::delivered) {
            ++stats.delivered;
        } else {
            ++stats.failed_attempts;
            if (!next.due) ++stats.exhausted;
        }
        if (next.due) {
            auto& lane = lanes.at(next.merchant);
            if (*next.due < lane.look_at) {
                lane.look_at = *next.due;
                wake(lane);
            }
        }
        if (observe) observe(outcome, ended - created_at);
    }

    [[nodiscard]] bool busy() const {
        return stats.in_flight > 0 ||
               std::ranges::any_of(lanes, [](const auto& lane) { return lane.second.looping; });
    }
};

Delivery::Delivery(store::Store& store, http::Client& client, Clock& clock, Random& random,
                   const merchants::Directory& directory, asio::any_io_executor executor,
                   DeliveryOptions options,
                   std::function<void(AttemptOutcome, Duration)> observe)
    : impl_(std::make_shared<Impl>(store, client, clock, random, directory, std::move(executor),
                                   options, std::move(observe))) {}

Delivery::~Delivery() = default;

asio::awaitable<void> Delivery::start() {
    const auto now = impl_->clock.now();
    co_await impl_->store.write([now](store::Tx& tx) { void_leases(tx, now); });
    for (const auto& merchant : impl_->directory.all()) impl_->lane_of(merchant->id);
}

void Delivery::hand_over(Message message) {
    if (impl_->stopping) return;
    auto& lane = impl_->lane_of(message.merchant);
    // What is not taken here waits for its lease to end: the row is the queue.
    if (lane.handed_over.size() >= impl_->options.handed_over_per_merchant_max) return;
    lane.handed_over.push_back(std::move(message));
    impl_->wake(lane);
}

void Delivery::wake(MerchantId merchant) {
    if (impl_->stopping) return;
    auto& lane = impl_->lane_of(merchant);
    lane.look_at = Instant{};
    impl_->wake(lane);
}

asio::awaitable<void> Delivery::stop() {
    auto self = impl_;
    self->stopping = true;
    for (auto& [merchant, lane] : self->lanes) self->wake(lane);
    while (self->busy()) {
        self->idle->expires_at(self->clock.now() + longest_sleep);
        static_cast<void>(co_await self->idle->wait());
    }
}

DeliveryStats Delivery::stats() const { return impl_->stats; }

}  // namespace lango::postbacks
