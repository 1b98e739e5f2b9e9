// Law 6, second half: the refunds of a receipt, open and paid, sum to no more than what came in
// with it. Those that left after they had been called failed count, too: a person must see them.
// The command that makes a refund keeps it (refunds/create.cpp); a booking is never stopped by it,
// because what the rail has done must stand in the books.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class RefundedAtMostCaptured final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "RefundedAtMostCaptured"; }
    // The rail alone can break it, and a person is called when it does.
    [[nodiscard]] bool is_of_money() const override { return false; }
    [[nodiscard]] std::string_view what() const override { return "refunds"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
