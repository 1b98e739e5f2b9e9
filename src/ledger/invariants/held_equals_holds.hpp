// Law 6, as far as holds go: what an account holds is the sum of its open holds.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class HeldEqualsHolds final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "HeldEqualsHolds"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    [[nodiscard]] Proof prove(store::Reader& reader) const override;
};

}  // namespace lango::ledger
