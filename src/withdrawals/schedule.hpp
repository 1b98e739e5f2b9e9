// When an unsettled payout is looked at again.
#pragma once
#include <chrono>
#include <optional>

#include "base/time.hpp"

namespace lango::withdrawals {

struct Timing {
    // A submission whose record is older was lost: longer than one can be under way.
    Duration pay_timeout = std::chrono::minutes{3};
    Duration ask_after = std::chrono::seconds{60};  // a result that has not come by then
    // Younger submissions may be on their way: "not found" says nothing about them.
    Duration not_found_after = std::chrono::minutes{2};
    int not_found_times = 2;  // in a row, before it is believed
    int sends_max = 3;        // under one id; then a person decides
    // How long the rail surely knows an id again. Nobody has said; what is older is not sent again.
    Duration repeats_within = std::chrono::hours{24};
    // A result that says "failed" is asked about once more then, and again until the rail answers:
    // what it pays all the same must not depend on one message.
    Duration recheck_after = std::chrono::hours{1};
    Duration recheck_for = std::chrono::hours{24};
    Duration settle_within = std::chrono::hours{48};
};

// After the nth (from 1) question that settled nothing: 30 s, 1, 2, 5, 15, 30 min, 1 h, then every
// 2 h; nothing once settle_within has passed since it was sent.
[[nodiscard]] std::optional<Instant> next_question(int tries, Instant sent_at, const Timing& timing,
                                                   Instant now);
// The longest of all pauses: what is due later was put there by a clock that went wrong.
[[nodiscard]] Duration longest_pause(const Timing& timing);
// Pause before a payout that was not submitted goes out again: 2, 4, 8, ... at most 60 s.
inline constexpr Duration longest_send_pause = std::chrono::seconds{60};
[[nodiscard]] Duration send_pause(int tries);

}  // namespace lango::withdrawals
