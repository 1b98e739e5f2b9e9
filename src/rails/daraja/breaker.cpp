#include "rails/daraja/breaker.hpp"

#include <algorithm>

namespace lango::rails::daraja {

void CircuitBreaker::sent(Instant now) {
    if (state(now) == State::half_open) tried_at_ = now;
}

void CircuitBreaker::succeeded() {
    troubles_ = 0;
    openings_ = 0;
    open_until_.reset();
    tried_at_.reset();
}

void CircuitBreaker::troubled(Instant now, bool alarm) {
    ++troubles_;
    // A try that fails opens it again, whatever it failed of.
    if (!alarm && troubles_ < threshold && !open_until_) return;
    // Calls that were under way when it opened do not lengthen the pause.
    if (open_for(now)) return;
    const auto pause =
        std::min<Duration>(std::chrono::seconds{1 << std::min(openings_, 6)}, longest_pause);
    ++openings_;
    open_until_ = now + pause;
    tried_at_.reset();
}

std::size_t CircuitBreaker::allows(std::size_t wanted, Instant now) const {
    switch (state(now)) {
        case State::closed:
            return wanted;
        case State::half_open:
            return retry_at(now) ? 0 : std::min<std::size_t>(wanted, 1);
        case State::open:
            return 0;
    }
    return 0;
}

std::optional<Instant> CircuitBreaker::retry_at(Instant now) const {
    if (const auto left = open_for(now)) return now + *left;
    if (tried_at_ && !has_passed(*tried_at_, try_patience, now)) return *tried_at_ + try_patience;
    return std::nullopt;
}

std::optional<Duration> CircuitBreaker::open_for(Instant now) const {
    if (!open_until_ || !is_still_on(*open_until_, longest_pause, now)) return std::nullopt;
    return *open_until_ - now;
}

CircuitBreaker::State CircuitBreaker::state(Instant now) const {
    if (!open_until_) return State::closed;
    return open_for(now) ? State::open : State::half_open;
}

}  // namespace lango::rails::daraja
