// Money that came in and goes back. A refund is a withdrawal of kind refund and one row more, which
// says of what: state, hold, amount, events, the way to the rail and what is believed of its
// answers are the withdrawal's (docs/decisions/0019).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "withdrawals/reversal.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::refunds {

using Method = withdrawals::RefundMethod;

struct Refund {
    withdrawals::Withdrawal payout;
    std::string receipt;               // of the money that goes back
    std::optional<DepositId> deposit;  // that it came for
    Method method = Method::payout;
    std::string reason;
    std::string who;
    // What has left by it, also after it was called failed, or twice.
    Money gone = Money::zero();
};

[[nodiscard]] std::optional<Refund> find(store::Reader& reader, WithdrawalId id);
// The oldest first.
[[nodiscard]] std::vector<Refund> of_deposit(store::Reader& reader, DepositId deposit);
// What of this receipt has gone back, by these.
[[nodiscard]] Money paid_back(const std::vector<Refund>& refunds, std::string_view receipt);

}  // namespace lango::refunds
