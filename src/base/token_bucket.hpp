// A token bucket: how much may happen now.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace lango {

// Fills at `per_second`, holds at most one second's worth (at least 1).
class TokenBucket {
  public:
    explicit TokenBucket(int per_second) : per_second_(per_second), micro_tokens_(capacity()) {}
    [[nodiscard]] std::size_t available(Instant now);
    void spend(std::size_t tokens);
    [[nodiscard]] Instant next_at(Instant now) const;  // when one will be there

  private:
    [[nodiscard]] std::int64_t capacity() const {
        return std::max<std::int64_t>(per_second_, 1) * 1'000'000;
    }
    std::int64_t per_second_;
    std::int64_t micro_tokens_;  // millionths of a token
    Instant filled_at_{};
};

}  // namespace lango
