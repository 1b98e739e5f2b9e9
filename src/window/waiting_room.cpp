#include "window/waiting_room.hpp"

#include <list>
#include <unordered_map>
#include <vector>

#include "http/networks.hpp"
#include "runtime/task_group.hpp"
#include "window/order.hpp"

namespace lango::window {

namespace {

using namespace std::chrono_literals;
constexpr Duration look_every = 1s;

struct Question {
    std::int64_t number;
    MerchantId merchant;
    std::string custom_transaction_id;
};
struct Answer {
    std::int64_t number;
    std::int64_t version;
};

}  // namespace

struct WaitingRoom::Impl {
    struct Waiter {
        std::int64_t number;
        MerchantId merchant;
        std::string custom_transaction_id;
        std::int64_t seen;
        std::unique_ptr<Timer> timer;
    };
    // Takes itself off the list when its coroutine is abandoned.
    struct Place {
        std::shared_ptr<Impl> room;
        std::list<Waiter>::iterator waiter;
        Place(std::shared_ptr<Impl> in, Waiter who) : room(std::move(in)) {
            room->waiters.push_back(std::move(who));
            waiter = std::prev(room->waiters.end());
        }
        ~Place() { room->waiters.erase(waiter); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
    };

    Impl(store::Store& given_store, Clock& given_clock, asio::any_io_executor run_on,
         Seats given_seats)
        : store(given_store),
          clock(given_clock),
          looks({.executor = std::move(run_on), .clock = clock}),
          seats(given_seats),
          pause(clock.timer()) {}

    [[nodiscard]] std::size_t taken_of(const std::string& key) const {
        const auto found = taken.find(key);
        return found == taken.end() ? 0 : found->second;
    }

    static asio::awaitable<void> look(std::shared_ptr<Impl> self);
    static asio::awaitable<void> ask(std::shared_ptr<Impl> self);

    store::Store& store;
    Clock& clock;
    runtime::TaskGroup looks;  // one, while somebody waits
    Seats seats;
    std::size_t seated = 0;
    std::unordered_map<std::string, std::size_t> taken;  // by order and by network
    std::unique_ptr<Timer> pause;
    std::list<Waiter> waiters;
    std::int64_t last_number = 0;
    bool closed = false;
};

class WaitingRoom::Taken {
  public:
    Taken(std::shared_ptr<Impl> room, MerchantId merchant, std::string custom_transaction_id,
          std::vector<std::string> keys)
        : room_(std::move(room)),
          merchant_(merchant),
          custom_transaction_id_(std::move(custom_transaction_id)),
          keys_(std::move(keys)) {
        ++room_->seated;
        for (const auto& key : keys_) ++room_->taken[key];
    }
    ~Taken() {
        --room_->seated;
        for (const auto& key : keys_) {
            const auto count = room_->taken.find(key);
            if (--count->second == 0) room_->taken.erase(count);
        }
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;

    [[nodiscard]] MerchantId merchant() const { return merchant_; }
    [[nodiscard]] const std::string& custom_transaction_id() const {
        return custom_transaction_id_;
    }

  private:
    std::shared_ptr<Impl> room_;
    MerchantId merchant_;
    std::string custom_transaction_id_;
    std::vector<std::string> keys_;
};

asio::awaitable<void> WaitingRoom::Impl::ask(std::shared_ptr<Impl> self) {
    std::vector<Question> questions;
    questions.reserve(self->waiters.size());
    for (const auto& waiter : self->waiters) {
        questions.push_back({waiter.number, waiter.merchant, waiter.custom_transaction_id});
    }
    const auto answers = co_await self->store.read([questions = std::move(questions)](
                                                       store::Reader& reader) {
        std::vector<Answer> found;
        found.reserve(questions.size());
        for (const auto& one : questions) {
            found.push_back({one.number, version(reader, one.merchant, one.custom_transaction_id)});
        }
        return found;
    });
    // Those who left meanwhile are missing, those who came stand at the end.
    auto waiter = self->waiters.begin();
    for (const auto& answer : answers) {
        while (waiter != self->waiters.end() && waiter->number < answer.number) ++waiter;
        if (waiter == self->waiters.end()) break;
        if (waiter->number != answer.number || waiter->seen == answer.version) continue;
        waiter->seen = answer.version;
        waiter->timer->cancel();
    }
}

asio::awaitable<void> WaitingRoom::Impl::look(std::shared_ptr<Impl> self) {
    while (!self->closed && !self->waiters.empty()) {
        self->pause->expires_at(self->clock.now() + look_every);
        static_cast<void>(co_await self->pause->wait());
        if (self->closed) break;
        try {
            co_await ask(self);
        } catch (const std::runtime_error&) {
            // The store is away: they ask again, and their time ends at the latest.
        }
    }
}

WaitingRoom::WaitingRoom(store::Store& store, Clock& clock, asio::any_io_executor executor,
                         Seats seats)
    : impl_(std::make_shared<Impl>(store, clock, std::move(executor), seats)) {}

WaitingRoom::~WaitingRoom() { close(); }

WaitingRoom::Seat WaitingRoom::sit_down(MerchantId merchant, std::string custom_transaction_id,
                                        const std::string& address) {
    const auto& seats = impl_->seats;
    if (impl_->closed || impl_->seated >= seats.in_all) return nullptr;
    std::vector<std::string> keys{"order " + std::to_string(merchant.value()) + " " +
                                  custom_transaction_id};
    if (impl_->taken_of(keys.front()) >= Seats::per_order) return nullptr;
    if (seats.per_address > 0 && !address.empty()) {
        for (const auto& network : http::networks(address)) {
            keys.push_back("from " + network.key);
            const auto most = seats.per_address * static_cast<std::size_t>(network.factor);
            if (impl_->taken_of(keys.back()) >= most) return nullptr;
        }
    }
    return std::make_shared<const Taken>(impl_, merchant, std::move(custom_transaction_id),
                                         std::move(keys));
}

asio::awaitable<std::optional<std::int64_t>> WaitingRoom::wait(Seat seat, std::int64_t seen,
                                                               Duration at_most) {
    const auto room = impl_;
    if (room->closed) co_return std::nullopt;
    const Impl::Place place{room,
                            {.number = ++room->last_number,
                             .merchant = seat->merchant(),
                             .custom_transaction_id = seat->custom_transaction_id(),
                             .seen = seen,
                             .timer = room->clock.timer()}};
    auto& waiter = *place.waiter;
    waiter.timer->expires_at(room->clock.now() + at_most);
    if (room->looks.size() == 0) room->looks.spawn(room, "look", Impl::look(room));
    static_cast<void>(co_await waiter.timer->wait());
    if (room->closed) co_return std::nullopt;
    co_return waiter.seen;
}

void WaitingRoom::close() {
    impl_->closed = true;
    impl_->pause->cancel();
    for (auto& waiter : impl_->waiters) waiter.timer->cancel();
}

std::size_t WaitingRoom::seated() const { return impl_->seated; }

}  // namespace lango::window
