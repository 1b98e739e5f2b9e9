#include <array>

#include "ledger/invariants/balances_equal_postings.hpp"
#include "ledger/invariants/conversion_recorded.hpp"
#include "ledger/invariants/events_have_no_gaps.hpp"
#include "ledger/invariants/held_equals_holds.hpp"
#include "ledger/invariants/masked_say_so.hpp"
#include "ledger/invariants/nothing_below_zero.hpp"
#include "ledger/invariants/one_booking_per_outcome.hpp"
#include "ledger/invariants/paid_out_at_most_held.hpp"
#include "ledger/invariants/postings_balance.hpp"
#include "ledger/invariants/receipt_books_once.hpp"
#include "ledger/invariants/refunded_at_most_captured.hpp"
#include "ledger/invariants/suspense_explained.hpp"
#include "ledger/invariants/withdrawals_settled.hpp"

namespace lango::ledger {

Laws laws() {
    static const PostingsBalance postings_balance;
    static const BalancesEqualPostings balances_equal_postings;
    static const NothingBelowZero nothing_below_zero;
    static const ReceiptBooksOnce receipt_books_once;
    static const OneBookingPerOutcome one_booking_per_outcome;
    static const PaidOutAtMostHeld paid_out_at_most_held;
    static const RefundedAtMostCaptured refunded_at_most_captured;
    static const HeldEqualsHolds held_equals_holds;
    static const EventsHaveNoGaps events_have_no_gaps;
    static const ConversionRecorded conversion_recorded;
    static const WithdrawalsSettled withdrawals_settled;
    static const SuspenseExplained suspense_explained;
    static const MaskedSaySo masked_say_so;
    static constexpr std::array<const Invariant*, 13> list{
        &postings_balance,
        &balances_equal_postings,
        &nothing_below_zero,
        &receipt_books_once,
        &one_booking_per_outcome,
        &paid_out_at_most_held,
        &refunded_at_most_captured,
        &held_equals_holds,
        &events_have_no_gaps,
        &conversion_recorded,
        &withdrawals_settled,
        &suspense_explained,
        &masked_say_so,
    };
    return list;
}

void check_payment(store::Reader& reader, std::int64_t subject_id) {
    for (const auto& law : laws()) law->check_payment(reader, subject_id);
}

void touch(store::Tx& tx, std::int64_t subject_id) { tx.touch(subject_id, check_payment); }

}  // namespace lango::ledger
