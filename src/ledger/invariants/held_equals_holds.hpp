// Law 6, as far as holds go: what an account holds is the sum of its open holds. On a change it is
// kept by construction: hold() and its ends write both in one command.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class HeldEqualsHolds final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "HeldEqualsHolds"; }
    [[nodiscard]] std::string_view what() const override { return "holds"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
