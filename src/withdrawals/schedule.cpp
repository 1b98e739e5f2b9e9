#include "withdrawals/schedule.hpp"

#include <algorithm>
#include <array>

namespace lango::withdrawals {

using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 8> pauses{30s, 1min, 2min, 5min, 15min, 30min, 1h, 2h};

}  // namespace

Duration longest_pause(const Timing& timing) {
    return std::max(
        {Duration{pauses.back()}, timing.ask_after, timing.pay_timeout, timing.recheck_after});
}

std::optional<Instant> next_question(int tries, Instant sent_at, const Timing& timing,
                                     Instant now) {
    if (now >= sent_at + timing.settle_within) return std::nullopt;
    const auto nth = static_cast<std::size_t>(std::max(tries, 1)) - 1;
    return now + pauses.at(std::min(nth, pauses.size() - 1));
}

Duration send_pause(int tries) {
    const auto doublings = std::clamp(tries - 1, 0, 5);
    return std::min<Duration>(2s * (1 << doublings), longest_send_pause);
}

}  // namespace lango::withdrawals
