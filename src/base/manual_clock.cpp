#include "base/manual_clock.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>

#include "base/result.hpp"

namespace lango {

class ManualClock::ManualTimer final : public Timer {
 public:
    explicit ManualTimer(ManualClock& clock) : clock_(clock) {}
    ~ManualTimer() override { forget(); }

    void expires_at(Instant at) override {
        cancel();
        at_ = at;
    }
    void cancel() override { finish(false); }

    asio::awaitable<bool> wait() override {
        co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(bool)>(
            [this](auto handler) {
                LANGO_ASSERT(!waiter_);
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                waiter_ = [shared](bool expired) { std::move(*shared)(expired); };
                key_ = {at_, ++clock_.set_};
                clock_.waiting_.emplace(key_, this);
            },
            asio::use_awaitable);
    }

    // Whoever waits goes on when the others that are ready have run.
    void finish(bool expired) {
        forget();
        if (!waiter_) return;
        asio::post(clock_.context_,
                   [waiter = std::exchange(waiter_, nullptr), expired] { waiter(expired); });
    }

 private:
    void forget() { clock_.waiting_.erase(key_); }

    ManualClock& clock_;
    Instant at_{};
    Key key_{};
    std::function<void(bool)> waiter_;
};

std::unique_ptr<Timer> ManualClock::timer() { return std::make_unique<ManualTimer>(*this); }

void ManualClock::settle() {
    context_.restart();
    while (context_.poll() > 0) context_.restart();
}

void ManualClock::advance_to(Instant until) {
    settle();
    while (!waiting_.empty() && waiting_.begin()->first.first <= until) {
        now_ = std::max(now_, waiting_.begin()->first.first);
        waiting_.begin()->second->finish(true);
        settle();
    }
    now_ = std::max(now_, until);
}

Instant ManualClock::next_or(Instant otherwise) const {
    return waiting_.empty() ? otherwise : waiting_.begin()->first.first;
}

}  // namespace lango
