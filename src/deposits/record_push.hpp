// What came back from a push, recorded. The callback may have been quicker.
#pragma once
#include "deposits/deposit.hpp"
#include "deposits/schedule.hpp"
#include "rails/claims.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

void record_push(store::Tx& tx, DepositId id, const rails::PushAnswer& answer, const Timing& timing,
                 Instant now);

}  // namespace lango::deposits
