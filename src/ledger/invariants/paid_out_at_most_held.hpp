// Law 6, first half: what a payout takes was held for it, on the account that it takes it from, and
// the hold has ended with the booking.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class PaidOutAtMostHeld final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "PaidOutAtMostHeld"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    [[nodiscard]] std::string_view what() const override { return "payouts"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
