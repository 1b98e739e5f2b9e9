// The times of a deposit: how long it waits for what. When it is asked about: plan.hpp.
#pragma once
#include <chrono>

#include "base/time.hpp"

namespace lango::deposits {

struct Timing {
    // A push whose record is older was lost; at least Capabilities::push_max.
    Duration push_timeout = std::chrono::seconds{30};
    Duration query_after = std::chrono::seconds{75};  // daraja.md 3.7: not sooner
    Duration push_retry_for =
        std::chrono::minutes{10};  // a push that cannot be submitted: then given up
    Duration expire_after = std::chrono::minutes{10};  // after the push: our opinion only
    Duration settle_within = std::chrono::hours{48};  // the rail's own list reaches back no further
};

// Pause before a push that was not submitted is tried again: 2, 4, 8, ... at most 60 s.
[[nodiscard]] Duration push_pause(int tries);

}  // namespace lango::deposits
