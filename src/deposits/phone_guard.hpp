// The rail's spacing of prompts per phone (daraja.md 3.6): one open prompt per phone, and a pause
// between two pushes. Kept in a table in memory that follows from the deposits of the last minutes.
#pragma once
#include <optional>

#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/time.hpp"
#include "rails/rail.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

struct Spacing {
    Duration prompt_life;  // beyond this a prompt has surely ended
    Duration any_amount;
    Duration same_amount;
};
[[nodiscard]] Spacing spacing(const rails::Capabilities& capabilities);

struct GuardAnswer {
    std::optional<Duration> open_for;  // set: a prompt is open for that long still
    Instant push_at{};                 // else: the earliest time for the next push
};
[[nodiscard]] GuardAnswer ask_guard(store::Reader& reader, Msisdn phone, Money amount,
                                    const Spacing& spacing, Instant now);
// A push goes out at that time: nothing else may until its prompt has ended.
void guard(store::Tx& tx, Msisdn phone, Money amount, Instant push_at, const Spacing& spacing);
// The prompt has ended, if it is still the last one of that phone.
void release_guard(store::Tx& tx, Msisdn phone, Instant now);
// At start: from the deposits whose prompts still matter.
void rebuild_guards(store::Tx& tx, const Spacing& spacing, Instant now);
// Forgets what no longer matters; keeps the table small.
void prune_guards(store::Tx& tx, const Spacing& spacing, Instant now);

}  // namespace lango::deposits
