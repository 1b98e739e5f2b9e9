// Law 5: a payment's final state has exactly one ledger transaction: paid deposits one, others
// none.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class OneBookingPerOutcome final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "OneBookingPerOutcome"; }
    void check_payment(store::Reader& reader, std::int64_t subject_id) const override;
    [[nodiscard]] std::string_view what() const override { return "deposits"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
