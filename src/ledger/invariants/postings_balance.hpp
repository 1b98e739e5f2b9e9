// Law 1: the postings of a ledger transaction sum to zero, in each currency.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class PostingsBalance final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "PostingsBalance"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    [[nodiscard]] std::string_view what() const override { return "ledger transactions"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
