// Trouble with the rail, seen in time.
#pragma once
#include <cstddef>
#include <optional>

#include "base/time.hpp"

namespace lango::rails::daraja {

// Opens after `threshold` troubles in a row, or at once for an alarm; then, after a pause that
// doubles from 1 s to 60 s, lets one try through, and no other before that one has ended.
class CircuitBreaker {
  public:
    enum class State : std::int8_t { closed, half_open, open };
    // Longer than a try can take; one that has not ended by then was lost.
    static constexpr Duration try_patience = std::chrono::seconds{90};

    // A call goes out: when it is a try, it is the only one.
    void sent(Instant now);
    void succeeded();
    void troubled(Instant now, bool alarm);
    // How many calls may go: all, one, none.
    [[nodiscard]] std::size_t allows(std::size_t wanted, Instant now) const;
    // When a call may go that may not go now; nothing when one may.
    [[nodiscard]] std::optional<Instant> retry_at(Instant now) const;
    [[nodiscard]] std::optional<Duration> open_for(Instant now) const;
    [[nodiscard]] State state(Instant now) const;

  private:
    static constexpr int threshold = 5;
    static constexpr Duration longest_pause = std::chrono::seconds{60};
    int troubles_ = 0;
    int openings_ = 0;
    std::optional<Instant> open_until_;
    std::optional<Instant> tried_at_;  // by a try that has not ended
};

}  // namespace lango::rails::daraja
