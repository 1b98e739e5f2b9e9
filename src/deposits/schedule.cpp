#include "deposits/schedule.hpp"

#include <algorithm>
#include <array>

namespace lango::deposits {

std::optional<Instant> next_check(const Deposit& deposit, const Timing& timing, Instant now) {
    using namespace std::chrono_literals;
    static constexpr std::array<Duration, 9> pauses{15s,   30s,   1min, 2min, 5min,
                                                    10min, 30min, 1h,   2h};
    const auto index = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::max(deposit.tries, 1)) - 1, 0, pauses.size() - 1);
    const auto at = now + pauses.at(index);
    const auto began = deposit.pushed_at.value_or(deposit.created_at);
    if (at > began + timing.settle_within) return std::nullopt;
    return at;
}

Duration push_pause(int tries) {
    return std::chrono::seconds{std::min(60, 1 << std::clamp(tries, 1, 6))};
}

}  // namespace lango::deposits
