// Many withdrawals in one command: a group of a batch's rows (src/batches). Each row brings its own
// withdrawal_id, which is what makes it safe to give again after a crash or a correction: a row
// that is there already, with the same recipient and amount, is left as it is.
//
// A dry run writes nothing and says what is wrong with every row. Both stop at the first row that
// the merchant's balance or the rail's float does not cover; what was taken before it stays.
#pragma once
#include <string>
#include <vector>

#include "withdrawals/accept.hpp"

namespace lango::withdrawals {

enum class RowOutcome : std::int8_t {
    taken,     // in a dry run: would be
    there,     // was taken before
    wrong,     // its text says why
    short_of,  // not covered: this row and all that follow were left
    left,      // not looked at any more
};
[[nodiscard]] std::string_view name(RowOutcome outcome);

struct RowResult {
    RowOutcome outcome = RowOutcome::left;
    std::string text;
    bool waits_for_people = false;  // it is there, and nobody has let it go yet
};

// What the sheet's amounts may still take from the rail's float; nothing: it was never read. What
// is held for withdrawals under way counts as gone, and so does what was paid since it was read.
[[nodiscard]] std::optional<Money> free_float(store::Reader& reader);

// In order, as one command: ids must be set. With dry_run nothing is written, and rows are
// covered or not as if those before them had been taken.
[[nodiscard]] std::vector<RowResult> take_batch(store::Tx& tx, const std::vector<Wanted>& rows,
                                                const merchants::Merchant& merchant, bool dry_run,
                                                Instant now);
// What it would come to; ids need not be set.
[[nodiscard]] std::vector<RowResult> try_batch(store::Reader& reader,
                                               const std::vector<Wanted>& rows,
                                               const merchants::Merchant& merchant);

}  // namespace lango::withdrawals
