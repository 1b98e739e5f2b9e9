#include <array>

#include "ledger/invariants/balances_equal_postings.hpp"
#include "ledger/invariants/conversion_recorded.hpp"
#include "ledger/invariants/events_have_no_gaps.hpp"
#include "ledger/invariants/held_equals_holds.hpp"
#include "ledger/invariants/nothing_below_zero.hpp"
#include "ledger/invariants/one_booking_per_outcome.hpp"
#include "ledger/invariants/paid_out_at_most_held.hpp"
#include "ledger/invariants/postings_balance.hpp"
#include "ledger/invariants/receipt_books_once.hpp"
#include "ledger/invariants/refunded_at_most_captured.hpp"
#include "ledger/invariants/suspense_explained.hpp"
#include "ledger/invariants/withdrawals_settled.hpp"

namespace lango::ledger {

std::span<const std::unique_ptr<Invariant>> laws() {
    static const std::array<std::unique_ptr<Invariant>, 12> list{
        std::make_unique<PostingsBalance>(),        std::make_unique<BalancesEqualPostings>(),
        std::make_unique<NothingBelowZero>(),       std::make_unique<ReceiptBooksOnce>(),
        std::make_unique<OneBookingPerOutcome>(),   std::make_unique<PaidOutAtMostHeld>(),
        std::make_unique<RefundedAtMostCaptured>(), std::make_unique<HeldEqualsHolds>(),
        std::make_unique<EventsHaveNoGaps>(),       std::make_unique<ConversionRecorded>(),
        std::make_unique<WithdrawalsSettled>(),     std::make_unique<SuspenseExplained>(),
    };
    return list;
}

void check_payment(store::Reader& reader, std::int64_t subject_id) {
    for (const auto& law : laws()) law->check_payment(reader, subject_id);
}

}  // namespace lango::ledger
