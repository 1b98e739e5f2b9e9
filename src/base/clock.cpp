#include "base/clock.hpp"

namespace lango {

asio::awaitable<void> Clock::sleep_until(Instant at) {
    const std::unique_ptr<Timer> own = timer();
    own->expires_at(at);
    co_await own->wait();
}

}  // namespace lango
