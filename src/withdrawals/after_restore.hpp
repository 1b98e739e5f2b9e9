// What becomes of payouts that stood in an older backup which was put back: any of them may have
// gone out, and may have been paid, since.
#pragma once
#include "rails/claims.hpp"
#include "store/tx.hpp"
#include "withdrawals/schedule.hpp"

namespace lango::withdrawals {

// Every open one is asked about, also what had never gone out; what was closed stays closed. A
// payout by version 1 has no id of ours to be asked by: it waits for a person. now_route: of rows
// that keep none.
void doubt_all(store::Tx& tx, const rails::PayoutRoute& now_route, Instant now);
// Those that stood in the backup and that nobody has an answer about yet.
[[nodiscard]] std::int64_t unanswered(store::Reader& reader, Instant found_at);

}  // namespace lango::withdrawals
