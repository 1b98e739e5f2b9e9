#include "withdrawals/settle.hpp"

namespace lango::withdrawals {

std::string_view name(Settled settled) {
    switch (settled) {
        case Settled::unknown_withdrawal:
            return "unknown_withdrawal";
        case Settled::other_payout:
            return "other_payout";
        case Settled::paid:
            return "paid";
        case Settled::failed:
            return "failed";
        case Settled::pending:
            return "pending";
        case Settled::claimed:
            return "claimed";
        case Settled::sent_again:
            return "sent_again";
        case Settled::duplicate:
            return "duplicate";
        case Settled::contradiction:
            return "contradiction";
        case Settled::amount_differs:
            return "amount_differs";
        case Settled::other_recipient:
            return "other_recipient";
        case Settled::receipt_used:
            return "receipt_used";
        case Settled::unknown_code:
            return "unknown_code";
        case Settled::needs_person:
            return "needs_person";
        case Settled::ignored:
            return "ignored";
    }
    return "ignored";
}

}  // namespace lango::withdrawals
