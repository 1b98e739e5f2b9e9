// Law 2 (BalancesEqualPostings) on all there is while money moves on, without one long read that
// would keep the log from being checkpointed. From `begin` on each booking is noted. A slice is
// added up without what is noted, in one snapshot, so all slices together are the books as they
// stood at the beginning; with what is noted they are what the balances must be at the end.
#pragma once
#include <cstdint>
#include <map>
#include <optional>

#include "ledger/invariants/invariant.hpp"
#include "ledger/verify.hpp"

namespace lango::ledger {

// What postings sum to, by account, in minor units.
class PostingSums {
  public:
    // Of a statement with the columns account_id, amount.
    void add(const store::Row& row, int sign = 1) {
        sums_[row.integer(0)] += sign * row.integer(1);
    }
    // A finding for each account whose balance is another, and for what belongs to none. Throws
    // store::Broken for a sum that cannot be counted.
    void compare(store::Reader& reader, Proof& proof) const;

  private:
    std::map<std::int64_t, __int128> sums_;
};

class BalanceScan {
  public:
    explicit BalanceScan(std::int64_t size = slice_size) : size_(size) {}

    // Commands: before the first step and when the scan is over, or given up. One at a time.
    static void begin(store::Tx& tx);
    static void end(store::Tx& tx);

    // The next slice of `size` ledger transactions; after the last the comparison. Throws
    // store::Broken for what cannot be read.
    void step(store::Reader& reader);
    // What was found, when there is nothing left to do.
    [[nodiscard]] const std::optional<Proof>& proof() const { return proof_; }

  private:
    [[nodiscard]] Proof compared(store::Reader& reader) const;

    std::int64_t size_;
    std::optional<std::int64_t> after_;  // the last subject that is added up
    bool added_up_ = false;
    PostingSums sums_;
    std::optional<Proof> proof_;
};

}  // namespace lango::ledger
