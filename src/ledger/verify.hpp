// Proving laws on everything that is stored, in slices: each may be a short read of its own, so
// that the log can be checkpointed in between.
#pragma once
#include <optional>
#include <vector>

#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

// Of payments in one slice: some milliseconds.
inline constexpr std::int64_t slice_size = 2000;

// Where a walk over everything stands.
class Walk {
  public:
    explicit Walk(Laws laws, std::int64_t size = slice_size);

    [[nodiscard]] bool is_done() const { return done_; }
    // Proves every law on the next slice, in one snapshot.
    void step(store::Reader& reader);
    [[nodiscard]] const std::vector<Proof>& proofs() const { return proofs_; }
    [[nodiscard]] std::vector<Proof> take() { return std::move(proofs_); }

  private:
    [[nodiscard]] Slice next(store::Reader& reader) const;

    Laws laws_;
    std::int64_t size_;
    std::vector<Proof> proofs_;
    Slice last_;  // proved
    bool begun_ = false;
    bool done_ = false;
};

// In one snapshot.
[[nodiscard]] std::vector<Proof> prove_all(store::Reader& reader, Laws laws = ledger::laws());

}  // namespace lango::ledger
