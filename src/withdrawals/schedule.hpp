// When an unsettled payout is looked at again.
#pragma once
#include <chrono>
#include <optional>

#include "base/time.hpp"

namespace lango::withdrawals {

struct Timing {
    Duration pay_timeout = std::chrono::seconds{30};  // a submission whose record is older was lost
    Duration ask_after = std::chrono::seconds{60};    // a result that has not come by then
    // Younger submissions may be on their way: "not found" says nothing about them.
    Duration not_found_after = std::chrono::minutes{2};
    int not_found_times = 2;  // in a row, before it is believed
    int sends_max = 3;        // under one id; then a person decides
    Duration settle_within = std::chrono::hours{48};
};

// After the nth (from 1) question that settled nothing: 30 s, 1, 2, 5, 15, 30 min, 1 h, then every
// 2 h; nothing once settle_within has passed since it was sent.
[[nodiscard]] std::optional<Instant> next_question(int tries, Instant sent_at, const Timing& timing,
                                                   Instant now);
// Pause before a payout that was not submitted goes out again: 2, 4, 8, ... at most 60 s.
[[nodiscard]] Duration send_pause(int tries);

}  // namespace lango::withdrawals
