// The numbers that stand in the schema's columns (migrations/), spelt for SQL. A statement whose
// plan needs the number in its text, as partial indexes do, is put together with these words:
//
//   "SELECT id FROM deposits WHERE state = " LANGO_DEPOSIT_CREATED " AND due_at <= ?1"
//
// Others bind the enumerator. Each word is tied to its enumerator by a static_assert beside the
// enum; a number that stands in a statement by itself is refused by tests/lint.
#pragma once
#include <cstddef>
#include <string_view>

// deposits.state, deposit_events.state (deposits/state.hpp)
#define LANGO_DEPOSIT_CREATED "1"
#define LANGO_DEPOSIT_PUSHING "2"
#define LANGO_DEPOSIT_PROMPTED "3"
#define LANGO_DEPOSIT_PAID "6"
#define LANGO_DEPOSIT_NOT_PUSHED "1, 2"
#define LANGO_DEPOSIT_OPEN "1, 2, 3, 4, 5"
#define LANGO_DEPOSIT_CLOSED "6, 7, 8"
#define LANGO_DEPOSIT_NOT_PAID "1, 2, 3, 4, 5, 7, 8"
#define LANGO_DEPOSIT_ASKED_ABOUT "2, 3, 4, 5, 7, 8"  // a push may have been sent
// deposits.flags
#define LANGO_DEPOSIT_FLAG_ATTENTION "2"
#define LANGO_DEPOSIT_FLAG_TRIED_AGAIN "4"
// deposit_events.kind
#define LANGO_DEPOSIT_EVENT_CREATED "1"
#define LANGO_DEPOSIT_EVENT_PAID "8"
#define LANGO_DEPOSIT_EVENT_AMOUNT_DIFFERS "11"
#define LANGO_DEPOSIT_EVENT_SECOND_RECEIPT "12"
#define LANGO_DEPOSIT_EVENT_REFUND "16"
#define LANGO_DEPOSIT_EVENT_MONEY_TOO_LATE "23"
#define LANGO_DEPOSIT_EVENT_MASKED "30"

// withdrawals.state, withdrawal_events.state (withdrawals/state.hpp)
#define LANGO_WITHDRAWAL_WAITING "1"
#define LANGO_WITHDRAWAL_QUEUED "2"
#define LANGO_WITHDRAWAL_SENDING "3"
#define LANGO_WITHDRAWAL_PAID "6"
#define LANGO_WITHDRAWAL_FAILED "7"
#define LANGO_WITHDRAWAL_CLOSED "6, 7"
#define LANGO_WITHDRAWAL_NOT_PAID "1, 2, 3, 4, 5, 7"
#define LANGO_WITHDRAWAL_GOING_OUT "2, 3, 4, 5"
#define LANGO_WITHDRAWAL_SUBMITTED "3, 4, 5"       // the rail may have it
#define LANGO_WITHDRAWAL_ASKED_ABOUT "3, 4, 5, 7"  // or had it
// withdrawals.flags
#define LANGO_WITHDRAWAL_FLAG_ATTENTION "1"
#define LANGO_WITHDRAWAL_FLAG_UNCOVERED "2"
#define LANGO_WITHDRAWAL_FLAG_APPROVAL "4"
#define LANGO_WITHDRAWAL_FLAG_UNDATED "16"
// withdrawals.kind
#define LANGO_KIND_MANUAL "2"
#define LANGO_KIND_TEST "3"
#define LANGO_KIND_REFUND "4"
// withdrawal_events.kind
#define LANGO_WITHDRAWAL_EVENT_APPROVED "2"
#define LANGO_WITHDRAWAL_EVENT_CONTRADICTED "15"
#define LANGO_WITHDRAWAL_EVENT_JUDGED "19"
#define LANGO_WITHDRAWAL_EVENT_MASKED "30"
// refunds.method (withdrawals/reversal.hpp)
#define LANGO_REFUND_BY_REVERSAL "1"
#define LANGO_REFUND_BY_PAYOUT "2"
// payout_halts.what (rails/claims.hpp)
#define LANGO_HALTS_QUESTIONS "3"
// rail_messages.kind: those of payouts (withdrawals/withdrawal.hpp), all others below
#define LANGO_MESSAGE_PAYOUT_FIRST "11"
#define LANGO_MESSAGE_PAYOUT_END "20"
// untrimmed_ids.kind (migration 0026)
#define LANGO_UNTRIMMED_DEPOSIT "1"
#define LANGO_UNTRIMMED_WITHDRAWAL "2"

// postbacks.state, webhook_events.state (postbacks/postback.hpp)
#define LANGO_POSTBACK_WAITING "1"
#define LANGO_POSTBACK_DELIVERED "2"
#define LANGO_POSTBACK_EXHAUSTED "3"
#define LANGO_POSTBACK_ANY "1, 2, 3"
// postback_attempts.outcome, webhook_event_attempts.outcome
#define LANGO_ATTEMPT_DELIVERED "1"
#define LANGO_ATTEMPT_WRONG_ANSWER "2"
#define LANGO_ATTEMPT_GATEWAY_DIED "6"  // the last there is
// set_aside.kind (runs/run.hpp)
#define LANGO_SET_ASIDE_POSTBACK "1"
#define LANGO_SET_ASIDE_EVENT "2"
#define LANGO_SET_ASIDE_WITHDRAWAL "3"
#define LANGO_SET_ASIDE_DEPOSIT "4"
#define LANGO_SET_ASIDE_MESSAGE "5"

// window_counts.kind (window/limits.hpp)
#define LANGO_COUNT_NETWORK "1"
#define LANGO_COUNT_GUESSES "2"
// proposals.state (approvals/proposal.hpp)
#define LANGO_PROPOSAL_OPEN "1"
// batches.state (batches/batch.hpp)
#define LANGO_BATCH_RELEASING "3"
#define LANGO_BATCH_UNRELEASED "1, 2"  // nobody has said its sum yet
#define LANGO_BATCH_ENDED "5, 6"
// batch_rows.state
#define LANGO_BATCH_ROW_OPEN "1, 4"  // a release tries it
#define LANGO_BATCH_ROW_TAKEN "2, 3"

// accounts.kind (ledger/ledger.hpp)
#define LANGO_ACCOUNT_RAIL "1"
#define LANGO_ACCOUNT_MERCHANT "2"
#define LANGO_ACCOUNT_FEES "3"
#define LANGO_ACCOUNT_SUSPENSE "4"
#define LANGO_ACCOUNT_RECEIVABLE "5"
#define LANGO_ACCOUNT_ANY "1, 2, 3, 4, 5"
#define LANGO_ACCOUNT_MAY_BE_NEGATIVE "1, 5"
// ledger_transactions.outcome, postings.outcome, receipts.outcome
#define LANGO_BOOKED_DEPOSIT "1"
#define LANGO_BOOKED_TO_SUSPENSE "2"
#define LANGO_BOOKED_WITHDRAWAL "3"
#define LANGO_BOOKED_UNCOVERED "4"
#define LANGO_BOOKED_WRITTEN_OFF "5"
#define LANGO_BOOKED_ANY "1, 2, 3, 4, 5"
#define LANGO_BOOKED_IN "1, 2"
#define LANGO_BOOKED_OUT "3, 4"
// holds.state
#define LANGO_HOLD_OPEN "1"
#define LANGO_HOLD_CAPTURED "2"
#define LANGO_HOLD_RELEASED "3"

namespace lango::store {

// Whether a word is these enumerators, in this order: static_assert(spells(LANGO_HOLD_OPEN,
// HoldState::open)).
template <class... E>
consteval bool spells(std::string_view word, E... enumerators) {
    std::size_t at = 0;
    bool well = true;
    const auto next = [&](long long number) {
        if (at != 0) {
            well = well && word.substr(at, 2) == ", ";
            at += 2;
        }
        long long told = 0;
        const auto from = at;
        while (at < word.size() && word[at] >= '0' && word[at] <= '9') {
            told = told * 10 + (word[at++] - '0');
        }
        well = well && at != from && told == number;
    };
    (next(static_cast<long long>(enumerators)), ...);
    return well && at == word.size();
}

// untrimmed_ids.kind: whose id it is.
enum class Untrimmed { deposit = 1, withdrawal = 2 };
static_assert(spells(LANGO_UNTRIMMED_DEPOSIT, Untrimmed::deposit));
static_assert(spells(LANGO_UNTRIMMED_WITHDRAWAL, Untrimmed::withdrawal));

}  // namespace lango::store
