// The rail's spacing of prompts per phone (daraja.md 3.6): one open prompt per phone, and a pause
// between two pushes. Kept in a table in memory that follows from the deposits of the last minutes;
// whoever finds it lost makes it again.
#pragma once
#include <optional>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "rails/claims.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

struct Spacing {
    Duration prompt_life;  // beyond this a prompt has surely ended
    Duration any_amount;
    Duration same_amount;
};
[[nodiscard]] Spacing spacing(const rails::Capabilities& capabilities);
// How far ahead a push is ever planned: behind another one, or when the rail wanted a pause.
[[nodiscard]] Duration longest_wait(const Spacing& spacing);

struct GuardAnswer {
    std::optional<Duration> open_for;  // set: a prompt is open, or to come, for that long still
    Instant push_at{};                 // else: the earliest time for the next push
};
[[nodiscard]] GuardAnswer ask_guard(store::Tx& tx, Msisdn phone, Money amount,
                                    const Spacing& spacing, Instant now);
// A deposit's push goes out at that time: nothing else may until its prompt has ended.
void guard(store::Tx& tx, DepositId deposit, Msisdn phone, Money amount, Instant push_at,
           const Spacing& spacing);
// It goes out only now, later than planned.
void move_guard(store::Tx& tx, DepositId deposit, Msisdn phone, Instant push_at);
// The deposit's prompt has ended. Nothing happens when the phone's last prompt is another's.
void release_guard(store::Tx& tx, DepositId deposit, Msisdn phone, Instant now);
// No guard keeps a phone for longer than any prompt may be to come: what a clock that was ahead has
// written lasts as long as a prompt that begins now.
void bound_guards(store::Tx& tx, const Spacing& spacing, Instant now);
// From the deposits whose prompts still matter.
void rebuild_guards(store::Tx& tx, const Spacing& spacing, Instant now);
// Forgets what no longer matters among the next phones after this one (0: from the first). The
// last one looked at, to go on from; 0 when there is none left.
[[nodiscard]] std::int64_t prune_guards(store::Tx& tx, const Spacing& spacing, Instant now,
                                        std::int64_t after);

}  // namespace lango::deposits
