#include "withdrawals/schedule.hpp"

#include <algorithm>
#include <array>

namespace lango::withdrawals {

using namespace std::chrono_literals;

std::optional<Instant> next_question(int tries, Instant sent_at, const Timing& timing,
                                     Instant now) {
    static constexpr std::array<Duration, 8> pauses{30s, 1min, 2min, 5min, 15min, 30min, 1h, 2h};
    if (now >= sent_at + timing.settle_within) return std::nullopt;
    const auto nth = static_cast<std::size_t>(std::max(tries, 1)) - 1;
    return now + pauses.at(std::min(nth, pauses.size() - 1));
}

Duration send_pause(int tries) {
    const auto doublings = std::clamp(tries - 1, 0, 5);
    return std::min<Duration>(2s * (1 << doublings), 60s);
}

}  // namespace lango::withdrawals
