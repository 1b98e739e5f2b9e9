// Law 4: a rail receipt books at most once, ever, and what it books is its amount. The primary key
// of receipts keeps the first half; this proves the second, and that each receipt has its
// transaction.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

class ReceiptBooksOnce final : public Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "ReceiptBooksOnce"; }
    void check_change(store::Reader& reader, const Transaction& change) const override;
    [[nodiscard]] std::string_view what() const override { return "receipts"; }
    void prove(store::Reader& reader, const Slice& slice, Proof& proof) const override;
};

}  // namespace lango::ledger
