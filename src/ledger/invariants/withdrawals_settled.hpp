// Law 9: a withdrawal's hold is open as long as it is, captured when it is paid and released when
// it has failed; it is booked once, with its receipt; its events have no gaps; its merchant is
// told.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class WithdrawalsSettled final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "WithdrawalsSettled"; }
    void check_payment(store::Reader& reader, std::int64_t subject_id) const override;
    [[nodiscard]] std::string_view what() const override { return "withdrawals"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
