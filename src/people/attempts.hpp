// How often it may be tried to be somebody. Every attempt counts as failed before it is looked at,
// so that many at once gain nothing; what succeeds is taken back. After some failures each next one
// waits twice as long, 15 minutes at most, and a day without any forgets them. Counted by name, by
// the network an address stands for, and apart from the name by a browser that this person has been
// in with before: strangers who try a name keep its bearer's own browser waiting for nothing.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "base/crypto.hpp"
#include "store/tx.hpp"

namespace lango::people {

inline constexpr Duration attempt_wait_max = std::chrono::minutes{15};
inline constexpr Duration attempts_kept = std::chrono::hours{24};

// What attempts are counted by.
struct Counter {
    std::string what;  // "name amina"
    int free = 5;      // failures that cost nothing yet
    // Of many people: who succeeds takes only their own attempt back.
    bool is_shared = false;
};
// How long after so many failures the next attempt waits.
[[nodiscard]] Duration attempt_wait(std::int64_t failures, int free);

// Nothing: it may be made, and counts as failed from here on. Else how long it has to wait, and
// nothing is counted.
[[nodiscard]] std::optional<Duration> begin_attempt(store::Tx& tx, const crypto::MasterKey& master,
                                                    std::span<const Counter> counters, Instant now);
void attempt_succeeded(store::Tx& tx, const crypto::MasterKey& master,
                       std::span<const Counter> counters);

}  // namespace lango::people
