// Takes due work: taking writes that it is being done, so that a crash between the two can never
// pay under a second id.
#pragma once
#include <optional>
#include <vector>

#include "rails/payout.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/schedule.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

struct TakenPayouts {
    std::vector<rails::Payout> payouts;
    std::optional<Instant> next_due;  // of what still waits to go out
    std::optional<Halt> halt;
};
// queued -> sending, for at most `limit` rows that are due. None while payouts are halted.
[[nodiscard]] TakenPayouts take_payouts(store::Tx& tx, std::size_t limit, const Timing& timing,
                                        Instant now);

// Tests that are due, which no rail sees.
[[nodiscard]] std::vector<WithdrawalId> due_tests(store::Reader& reader, std::size_t limit,
                                                  Instant now);

struct TakenQuestions {
    std::vector<rails::PayoutQuestion> questions;
    std::optional<Instant> next_due;
};
// Payouts whose fate must be asked for; none while the credential must not be used. A submission
// that was never recorded becomes unknown here.
[[nodiscard]] TakenQuestions take_questions(store::Tx& tx, std::size_t limit, const Timing& timing,
                                            Instant now);

}  // namespace lango::withdrawals
