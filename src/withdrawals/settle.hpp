// The one intake for what is claimed about a payout's fate, whatever brought it: result, answer to
// our question, queue timeout, a person. Idempotent; any order, any number of times.
#pragma once
#include <memory>
#include <optional>

#include "merchants/merchants.hpp"
#include "postbacks/postback.hpp"
#include "rails/claims.hpp"
#include "rates/rates.hpp"
#include "withdrawals/schedule.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

struct SettleContext {
    const merchants::Directory* merchants = nullptr;  // asked on the writer's thread
    std::shared_ptr<const rates::Table> rates;
    std::int64_t fresh_id = 0;  // unused so far: for the postback or booking that may be born
    rails::PayoutRoute route;   // of rows that keep none
    Timing timing;
    Duration postback_lease{};
};

enum class Settled : std::int8_t {
    unknown_withdrawal,
    other_payout,  // the rail's id is not this payout's: kept, not believed
    paid,
    failed,
    pending,        // still to be known
    claimed,        // an end that nothing proves: the rail is asked at once
    sent_again,     // not found, believed: queued under the same id
    duplicate,      // told us nothing new
    contradiction,  // against what was final; a person must look
    amount_differs,
    other_recipient,
    receipt_used,
    unknown_code,
    needs_person,  // refused for a reason that is ours to mend
    ignored,
};
[[nodiscard]] std::string_view name(Settled settled);

struct SettleOutcome {
    Settled what = Settled::ignored;
    std::optional<postbacks::Message> postback;
};

[[nodiscard]] SettleOutcome settle(store::Tx& tx, WithdrawalId id, const rails::PayoutSeen& seen,
                                   const SettleContext& context, Instant now);

// A test's end: paid, or failed when its account ends in 5 (decisions, Money).
[[nodiscard]] SettleOutcome finish_test(store::Tx& tx, WithdrawalId id,
                                        const SettleContext& context, Instant now);

}  // namespace lango::withdrawals
