// When a merchant is told again (decisions, Postbacks): pauses between attempts, the last of which
// repeats, and how long after the first attempt it is given up.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace lango::merchants {

struct PostbackSchedule {
    std::vector<Duration> pauses = {
        std::chrono::seconds{10}, std::chrono::seconds{30}, std::chrono::minutes{2},
        std::chrono::minutes{5},  std::chrono::minutes{15}, std::chrono::minutes{30},
        std::chrono::hours{1},    std::chrono::hours{2},    std::chrono::hours{4},
        std::chrono::hours{8},    std::chrono::hours{12}};
    Duration give_up_after = std::chrono::hours{72};

    bool operator==(const PostbackSchedule&) const = default;
};

// "10s", "2m", "12h": a whole number from 1 and its unit. Nothing for another text.
[[nodiscard]] std::optional<Duration> parse_pause(std::string_view text);
// "10s,30s,2m": 1 to 50 pauses, each of 1 s to 24 h. Nothing for another text.
[[nodiscard]] std::optional<std::vector<Duration>> parse_pauses(std::string_view text);
[[nodiscard]] std::string pause_text(Duration pause);
[[nodiscard]] std::string pauses_text(const std::vector<Duration>& pauses);

}  // namespace lango::merchants
