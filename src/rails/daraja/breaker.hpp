// Trouble with the rail, seen in time.
#pragma once
#include <cstddef>
#include <optional>

#include "base/time.hpp"

namespace lango::rails::daraja {

// Opens after `threshold` troubles in a row, or at once for an alarm; then lets one try through
// after a pause that doubles from 1 s to 60 s.
class CircuitBreaker {
  public:
    enum class State : std::int8_t { closed, half_open, open };
    void succeeded();
    void troubled(Instant now, bool alarm);
    // How many calls may go: all, one, none.
    [[nodiscard]] std::size_t allows(std::size_t wanted, Instant now) const;
    [[nodiscard]] std::optional<Duration> open_for(Instant now) const;
    [[nodiscard]] State state(Instant now) const;

  private:
    static constexpr int threshold = 5;
    int troubles_ = 0;
    int openings_ = 0;
    std::optional<Instant> open_until_;
};

}  // namespace lango::rails::daraja
