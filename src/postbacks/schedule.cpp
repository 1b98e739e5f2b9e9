#include <algorithm>
#include <array>

#include "postbacks/postback.hpp"

namespace lango::postbacks {

std::optional<Instant> next_attempt(int attempts, Instant first_attempt, Instant now,
                                    std::uint64_t random) {
    using namespace std::chrono_literals;
    static constexpr std::array<Duration, 12> pauses{10s, 30s, 2min, 5min, 15min, 30min,
                                                     1h,  2h,  4h,   8h,   12h,   12h};
    const auto index = static_cast<std::size_t>(std::clamp(attempts, 1, 12)) - 1;
    const auto pause = pauses.at(index);
    const auto jitter = Duration{
        static_cast<std::int64_t>(random % static_cast<std::uint64_t>(pause.count() / 10 + 1))};
    const auto at = now + pause + jitter;
    if (at > first_attempt + 72h) return std::nullopt;
    return at;
}

}  // namespace lango::postbacks
