// Law 9: every postback names the rates it was converted with, and the amount that was paid. That
// its bytes follow from them is checked against its digest before each attempt.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class ConversionRecorded final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "ConversionRecorded"; }
    void check_payment(store::Reader& reader, std::int64_t subject_id) const override;
    [[nodiscard]] std::string_view what() const override { return "postbacks"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
