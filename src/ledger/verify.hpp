// Proving laws on everything that is stored, in slices: each may be a short read of its own, so
// that the log can be checkpointed in between.
#pragma once
#include <optional>
#include <vector>

#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

// Of this law, of nothing so far.
[[nodiscard]] Proof proof_of(const Invariant& law);

// Of payments in one slice: some milliseconds.
inline constexpr std::int64_t slice_size = 2000;

// Where a walk over everything stands.
class Walk {
  public:
    // Laws of which there is a proof already are not proved again.
    explicit Walk(Laws laws, std::int64_t size = slice_size, std::vector<Proof> proved = {});

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
    std::vector<bool> open_;  // to be proved here
    Slice last_;              // proved
    bool begun_ = false;
    bool done_ = false;
};

// In one snapshot.
[[nodiscard]] std::vector<Proof> prove_all(store::Reader& reader, Laws laws = ledger::laws());

}  // namespace lango::ledger
