// Law 12: the suspense account holds what its items say and nothing else: each was booked with its
// receipt, none has given more than came, and what it gave stands on the deposit that it paid.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class SuspenseExplained final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "SuspenseExplained"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    void check_payment(store::Reader& reader, std::int64_t subject_id) const override;
    [[nodiscard]] std::string_view what() const override { return "items"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
