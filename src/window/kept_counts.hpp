// Counts of limits in the store, so that a restart ends no brake. A request costs no commit: what
// is not at rest is written once a minute and at a clean end, at most `kept_max` of a limit, the
// highest. Networks and orders stand there as keyed hashes. What is over, and what no run writes,
// is gone with the next writing, and counts no more whether it is gone or not.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/crypto.hpp"
#include "store/tx.hpp"
#include "window/limits.hpp"

namespace lango::window {

inline constexpr std::size_t kept_max = 1000;

// Beside what a run before has left of others. How many there are then.
std::int64_t keep_counts(store::Tx& tx, const crypto::MasterKey& master,
                         std::vector<Counted> counted, Instant now);

// What a run before has left.
class KeptCounts {
  public:
    KeptCounts(store::Reader& reader, Instant now);
    [[nodiscard]] std::optional<Count> find(const crypto::MasterKey& master, Limit limit,
                                            const std::string& key) const;

  private:
    using Counts = std::unordered_map<std::string, Count>;
    Counts networks_;
    Counts guesses_;
};

}  // namespace lango::window
