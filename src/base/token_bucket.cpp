#include "base/token_bucket.hpp"

namespace lango {

std::size_t TokenBucket::available(Instant now) {
    if (filled_at_ == Instant{}) filled_at_ = now;
    if (now > filled_at_) {
        // A second fills the bucket; longer pauses need no longer sums.
        const auto passed = std::min<Duration>(now - filled_at_, std::chrono::seconds{1}).count();
        micro_tokens_ = std::min(capacity(), micro_tokens_ + passed * per_second_);
        filled_at_ = now;
    }
    return static_cast<std::size_t>(std::max<std::int64_t>(micro_tokens_, 0) / 1'000'000);
}

void TokenBucket::spend(std::size_t tokens) {
    micro_tokens_ -= static_cast<std::int64_t>(tokens) * 1'000'000;
}

Instant TokenBucket::next_at(Instant now) const {
    const auto missing = std::max<std::int64_t>(1'000'000 - micro_tokens_, 1);
    return now + Duration{missing / std::max<std::int64_t>(per_second_, 1) + 1};
}

}  // namespace lango
