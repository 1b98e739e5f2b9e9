#include "base/token_bucket.hpp"

namespace lango {

namespace {

constexpr Duration longest_sum = std::chrono::hours{1};

}  // namespace

std::size_t TokenBucket::available(Instant now) {
    if (filled_at_ == Instant{} || lies_ahead(filled_at_, now)) filled_at_ = now;
    if (now > filled_at_) {
        // An hour fills any bucket; longer pauses need no longer sums.
        const auto passed = std::min<Duration>(now - filled_at_, longest_sum).count();
        held_ = std::min(capacity(), held_ + passed * tokens_);
        filled_at_ = now;
    }
    return static_cast<std::size_t>(std::max<std::int64_t>(held_, 0) / period_);
}

void TokenBucket::spend(std::size_t tokens) {
    held_ -= static_cast<std::int64_t>(tokens) * period_;
}

Instant TokenBucket::next_at(Instant now) const {
    const auto missing = std::max<std::int64_t>(period_ - held_, 1);
    return now + Duration{missing / std::max<std::int64_t>(tokens_, 1) + 1};
}

}  // namespace lango
