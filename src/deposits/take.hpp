// Takes due work: what goes out is first a row with a due time; taking it writes that it is being
// done, so that a crash between the two can never send a push twice.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "deposits/deposit.hpp"
#include "deposits/phone_guard.hpp"
#include "deposits/schedule.hpp"
#include "rails/claims.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

struct TakenPushes {
    std::vector<rails::Push> pushes;
    std::optional<Instant> next_due;  // of what still waits for a push
};
// created -> pushing, for at most `limit` rows that are due; their money will be on the account of
// this shortcode. What is older than push_retry_for expires instead: nobody expects its prompt any
// more.
[[nodiscard]] TakenPushes take_pushes(store::Tx& tx, std::size_t limit, const Timing& timing,
                                      std::int64_t shortcode, Instant now);

// At a start, and when the clock has gone back: nothing stays due later than the longest pause,
// where a clock that was ahead had put it.
void bound_due_times(store::Tx& tx, const Timing& timing, const Spacing& spacing, Instant now);

// After a start: no push that an earlier run was submitting is still being submitted. They are due
// for their questions at once.
void give_up_submissions(store::Tx& tx, Instant now);
// An older backup was put back. What stood unpushed in it may have been pushed and paid since: the
// payer is not asked a second time, and the rail's list tells of money that came.
void doubt_all(store::Tx& tx, Instant now);

struct Check {
    DepositId id{0};
    bool by_query = false;  // else by the rail's list of payments
    std::string checkout_request_id;
    Instant pushed_at{};
    bool is_last = false;  // nobody will ask again
};
struct TakenChecks {
    std::vector<Check> checks;
    std::optional<Instant> next_due;
};
// Deposits whose fate must be asked for; in a careful run not those that are suspected. A push that
// was never recorded becomes unknown here; one whose time is over expires here, and is still asked
// about.
[[nodiscard]] TakenChecks take_checks(store::Tx& tx, std::size_t limit, const Timing& timing,
                                      const rails::Capabilities& capabilities, Instant now);
struct TakenAlone {
    bool any = false;
    std::optional<Check> check;  // none: nobody is to be asked
};
// For a careful run (runs/run.hpp): one of those that were in flight when an earlier run died,
// which take_checks() leaves alone.
[[nodiscard]] TakenAlone take_alone(store::Tx& tx, const Timing& timing,
                                    const rails::Capabilities& capabilities, Instant now);

}  // namespace lango::deposits
