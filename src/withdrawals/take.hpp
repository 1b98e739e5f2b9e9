// Takes due work: taking writes that it is being done, so that a crash between the two can never
// pay under a second id.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "rails/payout.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/schedule.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

// What breaks a law of money about this row; "" when nothing does (src/laws/payout.hpp).
using Prove = std::function<std::string(store::Tx& tx, WithdrawalId id)>;

// A row that was set aside: it cannot be read, the rail will never take it, or it breaks a law.
struct SetAside {
    WithdrawalId withdrawal;
    std::string why;
};

struct TakenPayouts {
    std::vector<rails::Payout> payouts;
    std::vector<SetAside> set_aside;
    std::optional<Instant> next_due;  // of what still waits to go out
    std::optional<Halt> halt;
};
// queued -> sending, for at most `limit` rows that are due and of which the laws hold. None while
// payouts are halted, for a broken law of money above all, and one while the rail's halt is lifted
// and nobody knows yet whether it should have been.
[[nodiscard]] TakenPayouts take_payouts(store::Tx& tx, const rails::PayoutRail& rail,
                                        std::size_t limit, const Timing& timing, Instant now,
                                        const Prove& prove = {});

struct TakenAlone {
    std::optional<rails::Payout> payout;
    std::optional<rails::PayoutQuestion> question;
    std::vector<SetAside> set_aside;
};
// For a careful run (runs/run.hpp), one at most: a question about a payout that was in flight when
// an earlier run died, or a payout that had gone out before. The others' takers leave these alone.
[[nodiscard]] TakenAlone take_alone(store::Tx& tx, const rails::PayoutRail& rail, bool may_pay,
                                    const Timing& timing, Instant now, const Prove& prove = {});

// Tests that are due, which no rail sees.
[[nodiscard]] std::vector<WithdrawalId> due_tests(store::Reader& reader, std::size_t limit,
                                                  Instant now);

// At the start of a process: nobody will record what an earlier one was submitting, which is asked
// about soon instead of when it could have ended.
void end_earlier_run(store::Tx& tx, const Timing& timing, Instant now);

// At a start, and when the clock has gone back: nothing stays due later than the longest pause,
// where a clock that was ahead had put it, and what it says to have gone out later than now never
// goes again by itself.
void bound_due_times(store::Tx& tx, const Timing& timing, Instant now);

struct TakenQuestions {
    std::vector<rails::PayoutQuestion> questions;
    std::vector<SetAside> set_aside;
    std::optional<Halt> halt;  // of questions alone
    std::optional<Instant> next_due;
};
// Payouts whose fate must be asked for, and once more those that a result called failed; none while
// the credential must not be used, and only the one that tries while its halt is lifted. A
// submission that was never recorded becomes unknown here. now_route: of rows that keep none.
[[nodiscard]] TakenQuestions take_questions(store::Tx& tx, const rails::PayoutRoute& now_route,
                                            std::size_t limit, const Timing& timing, Instant now);

}  // namespace lango::withdrawals
