// How many payments a merchant may create a second (decisions, Answers: 429 with Retry-After).
#pragma once
#include <optional>
#include <unordered_map>

#include "base/ids.hpp"
#include "base/token_bucket.hpp"

namespace lango::api {

// One thread.
class MerchantRate {
  public:
    explicit MerchantRate(int per_second) : per_second_(per_second) {}  // 0: no limit
    // Nothing when one more may be created, which is counted; else how long to wait.
    [[nodiscard]] std::optional<Duration> take(MerchantId merchant, Instant now);

  private:
    int per_second_;
    std::unordered_map<std::int64_t, TokenBucket> buckets_;
};

}  // namespace lango::api
