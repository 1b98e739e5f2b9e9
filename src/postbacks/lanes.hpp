// How Delivery works inside. A lane is what one merchant is owed and how far along it is: his
// slowness ends there. A lane's coroutine sleeps until a message is handed over, a retry is due, or
// an attempt ends and makes room; attempts run beside it. Everything on one thread, the executor's.
//
//   handed over ──┐
//                 ├─▶ attempt ──▶ record ──▶ delivered, exhausted, or due again ──┐
//   taken when due┘ (a lease)                                                     │
//          ▲──────────────────────────────────────────────────────────────────────┘
#pragma once
#include <deque>
#include <exception>
#include <map>

#include "postbacks/attempts.hpp"
#include "postbacks/delivery.hpp"
#include "runtime/due_loop.hpp"

namespace lango::postbacks {

struct Lane {
    Lane(MerchantId m, Clock& clock) : merchant(m), loop(clock, {}, {}) {}
    MerchantId merchant;
    runtime::DueLoop loop;
    std::deque<Message> handed_over;
    std::size_t in_flight = 0;
    bool blocked = false;          // something waits for room
    Instant look_at{};             // when the store is to be asked for due rows
    bool clock_went_back = false;  // since it last asked
};

struct Delivery::Impl : std::enable_shared_from_this<Delivery::Impl> {
    Impl(store::Store& s, http::Client& c, Clock& k, Random& r, const merchants::Directory& d,
         asio::any_io_executor e, DeliveryOptions o, Observe seen, Trouble told);

    store::Store& store;
    http::Client& client;
    Clock& clock;
    Random& random;
    const merchants::Directory& directory;
    asio::any_io_executor executor;
    DeliveryOptions options;
    Observe observe;
    Trouble trouble;
    std::map<MerchantId, Lane> lanes;
    runtime::TaskGroup loops;  // of the lanes
    runtime::TaskGroup attempts;
    std::map<std::int64_t, std::shared_ptr<const rates::Table>> tables;  // never change, by id
    std::optional<std::deque<Suspect>> suspects;  // none before the first was asked for
    std::size_t handed_over = 0;                  // over all lanes
    DeliveryStats stats;
    bool started = false;  // until then nothing is taken: an earlier run's leases still stand
    bool stopping = false;
    bool abandoned = false;  // what the references above name may be gone

    // lanes.cpp
    Lane& lane_of(MerchantId merchant);
    void accept(Message message);
    void stop_lanes();

    // alone.cpp
    [[nodiscard]] asio::awaitable<runs::Tried> try_alone();
    asio::awaitable<bool> try_alone(const Suspect& suspect);
    asio::awaitable<void> go_alone(Lane& lane, Waiting waiting, std::exception_ptr& failed);
    asio::awaitable<std::vector<Suspect>> find_suspects();

    // attempt.cpp
    void begin(Lane& lane, Message message);
    [[nodiscard]] asio::awaitable<std::optional<Message>> rebuild(Lane& lane, Waiting waiting);
    [[nodiscard]] asio::awaitable<std::shared_ptr<const rates::Table>> table_of(std::int64_t id);
    void tell_trouble(std::string_view what, std::string_view error) const;

  private:
    [[nodiscard]] asio::awaitable<void> refuse(Lane& lane, Unsendable row);
    void not_recorded(Lane& lane);
    void look_again(Lane& lane, Instant now);
    [[nodiscard]] runtime::TaskGroup::Parts group_parts();
    void ended(Lane& lane);
    asio::awaitable<Instant> step(Lane& lane, Instant now);
    void begin_handed_over(Lane& lane, Instant now);
    asio::awaitable<void> take(Lane& lane, Instant now);
    asio::awaitable<void> bound(Lane& lane, Instant now);
    [[nodiscard]] std::shared_ptr<const merchants::Merchant> reachable(MerchantId merchant) const;
    [[nodiscard]] std::size_t room(const Lane& lane) const;
    [[nodiscard]] bool fresh(const Message& message, Instant now) const;
    void drop_front(Lane& lane);

    asio::awaitable<void> attempt(Lane& lane, Message message);
    asio::awaitable<void> try_once(Lane& lane, Message message);
    asio::awaitable<void> finish(Lane& lane, Attempt attempt, Instant created_at);
};

inline constexpr Duration longest_sleep = std::chrono::minutes{1};

}  // namespace lango::postbacks
