#include "withdrawals/after_restore.hpp"

#include <vector>

#include "base/check.hpp"
#include "store/words.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

// Answers of the time before prove nothing.
void ask_anew(Withdrawal& row, Instant now) {
    row.tries = 0;
    row.not_found = 0;
    row.not_found_by.clear();
    row.due_at = now;
}

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
    ask_anew(*row, now);
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

// So it has answered since then, twice: what it then became queued by.
bool is_unknown_to_the_rail(store::Reader& reader, const Withdrawal& withdrawal, Instant since) {
    return reader
        .first(
            "SELECT 1 FROM withdrawal_events WHERE withdrawal_id = ?1 AND kind = ?2 "
            "AND state = ?3 AND at >= ?4 LIMIT 1",
            [](const store::Row&) { return true; }, withdrawal.id,
            static_cast<int>(EventKind::not_found), static_cast<int>(State::queued), since)
        .has_value();
}

}  // namespace

void doubt_all(store::Tx& tx, const rails::PayoutRoute& now_route, Instant now) {
    std::vector<WithdrawalId> open;
    // Tests (kind 3) no rail sees.
    tx.each("SELECT id FROM withdrawals WHERE state IN (" LANGO_WITHDRAWAL_GOING_OUT
            ") AND closed_at IS NULL AND kind <> " LANGO_KIND_TEST,
            [&](const store::Row& row) { open.emplace_back(row.integer(0)); });
    for (const auto id : open) doubt(tx, id, now_route, now);
}

std::int64_t unanswered(store::Reader& reader, Instant found_at) {
    // Flag 1 is a person's attention.
    return reader
        .first(
            "SELECT COUNT(*) FROM withdrawals WHERE state IN (" LANGO_WITHDRAWAL_SUBMITTED
            ") AND closed_at IS NULL AND created_at < ?1 AND (flags "
            "& " LANGO_WITHDRAWAL_FLAG_ATTENTION ") = 0",
            [](const store::Row& row) { return row.integer(0); }, found_at)
        .value_or(0);
}

bool may_have_gone(store::Reader& reader, const Withdrawal& withdrawal,
                   const std::optional<restore::LastRestored>& restored) {
    if (!restored || withdrawal.created_at >= restored->found_at || withdrawal.sends > 0 ||
        withdrawal.kind == Kind::test) {
        return false;
    }
    return !is_unknown_to_the_rail(reader, withdrawal, restored->found_at);
}

bool is_old_and_unasked(store::Reader& reader, const Withdrawal& withdrawal, Duration known_for,
                        Instant now) {
    return withdrawal.sends == 0 && withdrawal.kind != Kind::test &&
           now >= withdrawal.created_at + known_for &&
           !is_unknown_to_the_rail(reader, withdrawal, now - known_for);
}

void ask_first(store::Tx& tx, Withdrawal& withdrawal, Instant now) {
    ask_anew(withdrawal, now);
    if (!reversal_of(tx, withdrawal)) withdrawal.flags |= Flag::repeated;
    become(tx, withdrawal, State::unknown, EventKind::restored, now, "before it goes out");
}

void ask_after_all(store::Tx& tx, Withdrawal& withdrawal, const rails::PayoutRoute& now_route,
                   Instant now) {
    LANGO_CHECK(withdrawal.state == State::failed, "after all is asked about what has failed");
    if (!may_have_gone(tx, withdrawal, restore::last_restored(tx)) ||
        cannot_be_asked_about(tx, withdrawal, now_route)) {
        return;
    }
    withdrawal.due_at = now;
    save(tx, withdrawal);
}

}  // namespace lango::withdrawals
