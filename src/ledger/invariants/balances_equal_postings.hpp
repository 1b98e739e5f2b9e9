// Law 2: every stored balance is the sum of its account's postings.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class BalancesEqualPostings final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "BalancesEqualPostings"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    [[nodiscard]] std::string_view what() const override { return "accounts"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
