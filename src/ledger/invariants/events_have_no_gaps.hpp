// Law 7: each change of state is one event, numbered without gaps; a paid deposit has its postback.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class EventsHaveNoGaps final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "EventsHaveNoGaps"; }
    void check_payment(store::Reader& reader, std::int64_t subject_id) const override;
    [[nodiscard]] std::string_view what() const override { return "events"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
