// The laws of money about one withdrawal, for who is about to let it go: by the same texts as the
// audit, over one subject. The audit comes at a start and every few hours; what a hand has let go
// in the meantime would be paid before it is seen.
#pragma once
#include <string>

#include "base/ids.hpp"
#include "store/tx.hpp"

namespace lango::laws {

// What breaks one of them; "" when all hold.
[[nodiscard]] std::string fault_of_payout(store::Reader& reader, WithdrawalId id);

// The same where one is let go. What this process has made since it began, while nobody else wrote
// into the database, is not looked at again: no hand was at it.
[[nodiscard]] std::string fault_before_payout(store::Tx& tx, WithdrawalId id);

}  // namespace lango::laws
