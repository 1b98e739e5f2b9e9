#include "withdrawals/after_restore.hpp"

#include <vector>

#include "withdrawals/reversal.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

namespace {

void doubt(store::Tx& tx, WithdrawalId id, const rails::PayoutRoute& now_route, Instant now) {
    std::optional<Withdrawal> row;
    try {
        row = find(tx, id);
    } catch (const Unreadable& unreadable) {
        set_aside(tx, id, unreadable.what(), now);
        return;
    }
    const bool reverses = reversal_of(tx, *row).has_value();
    const bool has_our_id = row->route.value_or(now_route).knows_repeats || reverses;
    const bool never_sent = row->state == State::queued;
    row->tries = 0;
    row->not_found = 0;
    row->not_found_by.clear();
    row->due_at = now;
    // Whatever the rail may have received under its id, this row did not send.
    if (never_sent && !reverses) row->flags |= Flag::repeated;
    if (!has_our_id) {
        row->flags |= Flag::attention;
        if (row->originator_conversation_id.empty()) row->due_at.reset();
    }
    if (never_sent) {
        become(tx, *row, State::unknown, EventKind::restored, now, "");
    } else {
        note(tx, *row, EventKind::restored, now, "");
    }
}

}  // namespace

void doubt_all(store::Tx& tx, const rails::PayoutRoute& now_route, Instant now) {
    std::vector<WithdrawalId> open;
    // Tests (kind 3) no rail sees.
    tx.each(
        "SELECT id FROM withdrawals WHERE state IN (2, 3, 4, 5) AND closed_at IS NULL "
        "AND kind <> 3",
        [&](const store::Row& row) { open.emplace_back(row.integer(0)); });
    for (const auto id : open) doubt(tx, id, now_route, now);
}

std::int64_t unanswered(store::Reader& reader, Instant found_at) {
    // Flag 1 is a person's attention.
    return reader
        .first(
            "SELECT COUNT(*) FROM withdrawals WHERE state IN (3, 4, 5) AND closed_at IS NULL "
            "AND created_at < ?1 AND (flags & 1) = 0",
            [](const store::Row& row) { return row.integer(0); }, found_at)
        .value_or(0);
}

}  // namespace lango::withdrawals
