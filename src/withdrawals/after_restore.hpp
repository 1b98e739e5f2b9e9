// What becomes of payouts that stood in an older backup which was put back: any of them may have
// gone out, and may have been paid, since.
#pragma once
#include <optional>

#include "rails/claims.hpp"
#include "restore/restoration.hpp"
#include "store/tx.hpp"
#include "withdrawals/schedule.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

// Every open one is asked about, also what had never gone out; what was closed stays closed. A
// payout by version 1 has no id of ours to be asked by: it waits for a person. What waits for
// people or for its money stays waiting: it is asked about when it would go out. now_route: of rows
// that keep none.
void doubt_all(store::Tx& tx, const rails::PayoutRoute& now_route, Instant now);
// Those that stood in the backup and that nobody has an answer about yet.
[[nodiscard]] std::int64_t unanswered(store::Reader& reader, Instant found_at);

// It stood in the backup and has not gone out since: the newer database may have let it go, until
// the rail has said, since the backup was found, that it does not know it. However long ago that
// was: the rail is asked, because nobody knows how long it knows an id again.
[[nodiscard]] bool may_have_gone(store::Reader& reader, const Withdrawal& withdrawal,
                                 const std::optional<restore::LastRestored>& restored);
// It has not gone out since it was made, longer ago than the rail surely knows an id, and the rail
// has not said since then that it does not know it. No restore need have been found: a snapshot of
// the whole machine has the mark in it.
[[nodiscard]] bool is_old_and_unasked(store::Reader& reader, const Withdrawal& withdrawal,
                                      Duration known_for, Instant now);
// Instead of going out it is asked about.
void ask_first(store::Tx& tx, Withdrawal& withdrawal, Instant now);
// It has ended without going out: the rail is asked once more whether it had, and what had is
// booked where it is seen (settle.hpp). now_route: of rows that keep none.
void ask_after_all(store::Tx& tx, Withdrawal& withdrawal, const rails::PayoutRoute& now_route,
                   Instant now);

}  // namespace lango::withdrawals
