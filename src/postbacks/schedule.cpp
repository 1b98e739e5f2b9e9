#include <algorithm>

#include "base/check.hpp"
#include "postbacks/postback.hpp"

namespace lango::postbacks {

Duration longest_pause(const merchants::PostbackSchedule& schedule, std::size_t nth) {
    LANGO_CHECK(!schedule.pauses.empty(), "a schedule has a pause");
    const auto pause = schedule.pauses.at(std::min(nth, schedule.pauses.size() - 1));
    return pause + pause / 10;
}

std::optional<Instant> next_attempt(const merchants::PostbackSchedule& schedule, int attempts,
                                    Instant first_attempt, Instant now, std::uint64_t random) {
    LANGO_CHECK(!schedule.pauses.empty(), "a schedule has a pause");
    const auto index =
        std::min(static_cast<std::size_t>(std::max(attempts, 1)) - 1, schedule.pauses.size() - 1);
    const auto pause = schedule.pauses.at(index);
    const auto jitter = Duration{
        static_cast<std::int64_t>(random % static_cast<std::uint64_t>(pause.count() / 10 + 1))};
    const auto at = now + pause + jitter;
    LANGO_CHECK(at > now, "nothing is sent again without a pause");
    if (at > first_attempt + schedule.give_up_after) return std::nullopt;
    return at;
}

}  // namespace lango::postbacks
