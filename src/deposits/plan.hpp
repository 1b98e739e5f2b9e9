// What to ask about a deposit whose end is open, and when next: a pure function of its row. What it
// says is carried out by take_checks (take.hpp).
#pragma once
#include <cstdint>
#include <optional>

#include "deposits/deposit.hpp"
#include "deposits/schedule.hpp"
#include "rails/claims.hpp"

namespace lango::deposits {

// Why it is asked about. Each has its own pauses (next_question).
enum class Stage : std::int8_t {
    open,     // nobody has told its end: until the rail's list forgets it
    claimed,  // a success that is not proved
    failed,   // by a code that may turn: a few questions more
};
[[nodiscard]] Stage stage_of(const Deposit& deposit);

// A claim that so many questions have not proved calls a person: 19 minutes after it was made.
inline constexpr int claim_questions = 7;

// After `asked` questions of the stage: 15 s, 30 s, 1, 2, 5, 10, 30 min, 1 h, then every 2 h, until
// settle_within has passed since `began`, the push. Of a failure four: 2, 5, 10, 30 min after one
// another. Nothing: the last one has been asked.
[[nodiscard]] std::optional<Instant> next_question(Stage stage, int asked, Instant began,
                                                   const Timing& timing, Instant now);
// The longest of all pauses: what is due later was put there by a clock that went wrong.
[[nodiscard]] Duration longest_pause(const Timing& timing);

struct CheckPlan {
    enum class Ask : std::int8_t { nobody, query, list };
    Ask ask = Ask::nobody;
    bool push_is_lost = false;       // it was never recorded what became of it
    bool expires = false;            // our opinion only: it is asked about all the same
    bool needs_person = false;       // called now
    int asked = 0;                   // questions of this stage, with this one
    std::optional<Instant> next_at;  // nothing: this is the last question
};
// Of a deposit that is due.
[[nodiscard]] CheckPlan plan(const Deposit& deposit, const rails::Capabilities& capabilities,
                             const Timing& timing, Instant now);

}  // namespace lango::deposits
