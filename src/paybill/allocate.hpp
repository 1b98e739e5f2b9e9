// A person gives money from suspense to an order: the order is credited from there, told to its
// merchant with the receipt, and the item says who did it. What is left stays in suspense.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "deposits/observe.hpp"
#include "store/tx.hpp"

namespace lango::paybill {

// Refuses with a text for people: no such money or order, less than the order asks for, an order
// that is paid, money that has paid an order already or is going back. Nothing is written then.
[[nodiscard]] Result<deposits::ObserveOutcome, std::string> allocate(
    store::Tx& tx, std::string_view receipt, DepositId order, std::string_view who,
    const deposits::ObserveContext& context, Instant now);

}  // namespace lango::paybill
