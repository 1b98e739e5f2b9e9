#include "base/manual_clock.hpp"

#include <algorithm>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "base/result.hpp"

namespace lango {

// Who waits for what. Coroutines that the context destroys unfinished take their timers with them
// after the clock has gone: this is what they find.
struct ManualClock::Waiting {
    using Key = std::pair<Instant, std::uint64_t>;
    Instant now;
    std::uint64_t last = 0;
    std::map<Key, ManualTimer*> timers;
};

class ManualClock::ManualTimer final : public Timer {
  public:
    ManualTimer(asio::io_context& context, std::shared_ptr<Waiting> waiting)
        : context_(context), waiting_(std::move(waiting)) {}
    ~ManualTimer() override { finish(false); }
    ManualTimer(const ManualTimer&) = delete;
    ManualTimer& operator=(const ManualTimer&) = delete;

    void expires_at(Instant at) override {
        cancel();
        at_ = at;
    }
    void cancel() override { finish(false); }

    asio::awaitable<bool> wait() override {
        co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(bool)>(
            [this](auto handler) { begin(std::move(handler)); }, asio::use_awaitable);
    }

    // The clock was put to another time.
    void move(Duration by) {
        at_ += by;
        key_.first += by;
    }

    // Whoever waits goes on when the others that are ready have run.
    void finish(bool expired) {
        if (!waiter_) return;
        waiting_->timers.erase(key_);
        asio::post(context_,
                   [waiter = std::exchange(waiter_, nullptr), expired] { waiter(expired); });
    }

  private:
    template <class Handler>
    void begin(Handler handler) {
        LANGO_ASSERT(!waiter_);
        auto shared = std::make_shared<Handler>(std::move(handler));
        waiter_ = [shared](bool expired) {
            if (auto slot = asio::get_associated_cancellation_slot(*shared); slot.is_connected()) {
                slot.clear();
            }
            std::move (*shared)(expired);
        };
        key_ = {at_, ++waiting_->last};
        waiting_->timers.emplace(key_, this);
        // By its number: between the end of a wait and its waiter's next step the timer may go.
        if (auto slot = asio::get_associated_cancellation_slot(*shared); slot.is_connected()) {
            slot.assign([waiting = waiting_, number = key_.second](asio::cancellation_type) {
                const auto found = std::ranges::find_if(
                    waiting->timers, [&](const auto& one) { return one.first.second == number; });
                if (found != waiting->timers.end()) found->second->finish(false);
            });
        }
    }

    asio::io_context& context_;
    std::shared_ptr<Waiting> waiting_;
    Instant at_{};
    Waiting::Key key_{};
    std::function<void(bool)> waiter_;
};

ManualClock::ManualClock(asio::io_context& context, Instant start)
    : context_(context), waiting_(std::make_shared<Waiting>()) {
    waiting_->now = start;
}

ManualClock::~ManualClock() {
    while (!waiting_->timers.empty()) waiting_->timers.begin()->second->finish(false);
}

Instant ManualClock::now() const { return waiting_->now; }

std::unique_ptr<Timer> ManualClock::timer() {
    return std::make_unique<ManualTimer>(context_, waiting_);
}

void ManualClock::settle() {
    context_.restart();
    while (context_.poll() > 0) context_.restart();
}

void ManualClock::advance_to(Instant until) {
    settle();
    auto& timers = waiting_->timers;
    while (!timers.empty() && timers.begin()->first.first <= until) {
        waiting_->now = std::max(waiting_->now, timers.begin()->first.first);
        timers.begin()->second->finish(true);
        settle();
    }
    waiting_->now = std::max(waiting_->now, until);
}

void ManualClock::put_to(Instant time) {
    settle();
    const auto by = time - waiting_->now;
    waiting_->now = time;
    auto before = std::exchange(waiting_->timers, {});
    for (const auto& [key, timer] : before) {
        timer->move(by);
        waiting_->timers.emplace(Waiting::Key{key.first + by, key.second}, timer);
    }
}

Instant ManualClock::next_or(Instant otherwise) const {
    return waiting_->timers.empty() ? otherwise : waiting_->timers.begin()->first.first;
}

}  // namespace lango
