// When payments come: by the hour of the day and the day of the week as Kenya lives them, more
// around pay days, less on holidays. A pure function of its numbers: the same ones give the same
// moments.
#pragma once
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"

namespace lango::history {

class When {
  public:
    // `count` moments, in order, in [until - length, until).
    When(std::int64_t count, Duration length, Instant until);
    // The nth, from 0; asked for in order, each once.
    [[nodiscard]] Instant next(Random& random);
    [[nodiscard]] std::int64_t left() const { return count_ - nth_; }

  private:
    std::int64_t count_;
    std::int64_t nth_ = 0;
    Instant began_;
    Instant until_;
    std::vector<std::int64_t> before_;  // of each hour: the weight of all before it, and of all
    std::size_t hour_ = 0;
};

// How busy an hour is, against others.
[[nodiscard]] std::int64_t weight(Instant hour);

// Whether desks are worked at.
[[nodiscard]] bool is_at_work(Instant at);
// When somebody at a desk comes to it: not sooner than `at`, from 8 to 18 on a working day.
[[nodiscard]] Instant at_a_desk(Instant at, Random& random);

}  // namespace lango::history
