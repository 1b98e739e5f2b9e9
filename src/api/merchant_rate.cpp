#include "api/merchant_rate.hpp"

namespace lango::api {

std::optional<Duration> MerchantRate::take(MerchantId merchant, Instant now) {
    if (per_second_ == 0) return std::nullopt;
    auto& bucket = buckets_.try_emplace(merchant.value(), per_second_).first->second;
    if (bucket.available(now) == 0) return bucket.next_at(now) - now;
    bucket.spend(1);
    return std::nullopt;
}

}  // namespace lango::api
