// Law 3: posted minus held is never negative, unless the account may be (the rail's, which mirrors
// money held elsewhere).
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class NothingBelowZero final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "NothingBelowZero"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    [[nodiscard]] std::string_view what() const override { return "accounts"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
