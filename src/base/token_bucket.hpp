// A token bucket: how much may happen now.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace lango {

// Fills with so many in each period, holds at most one second's worth (at least 1).
class TokenBucket {
  public:
    explicit TokenBucket(int tokens, Duration period = std::chrono::seconds{1})
        : tokens_(tokens), period_(period.count()), held_(capacity()) {}
    [[nodiscard]] std::size_t available(Instant now);
    void spend(std::size_t tokens);
    [[nodiscard]] Instant next_at(Instant now) const;  // when one will be there

  private:
    static constexpr std::int64_t second = 1'000'000;
    [[nodiscard]] std::int64_t capacity() const { return std::max(tokens_ * second, period_); }
    std::int64_t tokens_;
    std::int64_t period_;  // microseconds
    std::int64_t held_;    // period_ of these are a token, so that no microsecond is lost
    Instant filled_at_{};
};

}  // namespace lango
