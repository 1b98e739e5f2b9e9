// Payments whose person was taken out of them (src/privacy) are whole all the same: their number is
// a keyed hash, and their story says that it was masked. They are counted here.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class MaskedSaySo final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "MaskedSaySo"; }
    [[nodiscard]] std::string_view what() const override { return "masked payments"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
