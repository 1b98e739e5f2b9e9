// Payouts stop as a whole when the rail says what trying again would make worse: wrong initiator
// credentials (a third try locks them), a missing permission, an empty Utility account. The halt is
// a row, so that a restart does not try again either.
//
//   open ──a person lifts it──▶ lifted ──the payout that tries is paid──▶ ended
//     ▲                            │
//     └── it fails for a reason that halts: another halt
//
// While it is lifted one payout goes out, the smallest, and nothing else until its end is known.
// When that proves nothing (its recipient has no account, the rail is too busy to take it), the
// next one tries.
//
// The halt of a broken law of money (src/laws) stands beside these. Nobody lifts it: it ends when
// the law is proved again, or when an operator has acknowledged what is broken.
#pragma once
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "rails/claims.hpp"
#include "store/tx.hpp"

namespace lango::withdrawals {

struct Halt {
    std::int64_t number = 0;
    rails::Halts what = rails::Halts::payouts;
    Instant began_at{};
    WithdrawalId withdrawal{0};
    std::string code;
    std::string description;
    std::optional<Instant> lifted_at;
    WithdrawalId probe{0};  // the payout that tries; 0: none has yet
};
// Of payouts, by the rail's word.
[[nodiscard]] std::optional<Halt> open_halt(store::Reader& reader);
// Of questions alone: a question's answer said that the credential is wrong.
[[nodiscard]] std::optional<Halt> open_questions_halt(store::Reader& reader);

struct HaltCause {
    WithdrawalId withdrawal{0};
    // When what was refused went out: before the last time that a person lifted a halt, it tells of
    // what has been mended since, and halts nothing.
    Instant sent_at{};
    std::string_view code;
    std::string_view description;
};
// Nothing new when one is open already; that one may grow from payouts to everything.
void halt(store::Tx& tx, rails::Halts what, const HaltCause& cause, Instant now);
// What lift_halt would end, as 16 hex digits; "" when none is open. Another halt, a halt that has
// grown, been lifted or has another payout that tries: another code.
[[nodiscard]] std::string halt_code(store::Reader& reader);
// False when none was open. A questions' halt ends at once; that of a law stays.
[[nodiscard]] bool lift_halt(store::Tx& tx, std::string_view who, Instant now);
// From here on this payout tries, and no other.
void set_probe(store::Tx& tx, const Halt& halt, WithdrawalId probe);
// A payout that was submitted then is paid: the halt ends if it had been lifted by then, or if this
// is the one that tries.
void end_halt_tried(store::Tx& tx, WithdrawalId paid, Instant sent_at, Instant now);

// The code of a law's halt.
inline constexpr const char* law_code = "broken law";
// Nothing goes out while one is open, whatever other halts say.
[[nodiscard]] std::optional<Halt> open_law_halt(store::Reader& reader);
// Nothing new when one is open already.
void halt_for_law(store::Tx& tx, std::string_view why, Instant now);
// At once: it was not the rail that stopped them, so that there is nothing to try.
void end_law_halt(store::Tx& tx, std::string_view who, Instant now);

}  // namespace lango::withdrawals
