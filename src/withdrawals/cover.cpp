#include "withdrawals/cover.hpp"

#include "base/check.hpp"
#include "store/words.hpp"
#include "withdrawals/after_restore.hpp"
#include "withdrawals/close.hpp"

namespace lango::withdrawals {

std::vector<WithdrawalId> due_for_cover(store::Reader& reader, std::size_t limit, Instant now) {
    std::vector<WithdrawalId> found;
    reader.each(
        "SELECT id FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_WAITING
        " AND due_at <= ?1 ORDER BY due_at LIMIT ?2",
        [&](const store::Row& row) { found.emplace_back(row.integer(0)); }, now,
        static_cast<std::int64_t>(limit));
    return found;
}

SettleOutcome cover(store::Tx& tx, WithdrawalId id, const SettleContext& context, Instant now) {
    auto withdrawal = find(tx, id);
    LANGO_REQUIRE(withdrawal);
    if (withdrawal->state != State::waiting || !withdrawal->has(Flag::uncovered)) return {};
    LANGO_CHECK(withdrawal->kind != Kind::test, "a test holds nothing");
    LANGO_CHECK(withdrawal->sends == 0, "what waits for its cover has not gone out");
    if (ledger::hold(tx, id.value(), merchant_account(withdrawal->merchant),
                     withdrawal->amount + withdrawal->fee)) {
        withdrawal->flags &= ~Flag::uncovered;
        if (withdrawal->has(Flag::approval)) {
            withdrawal->due_at.reset();
            note(tx, *withdrawal, EventKind::covered, now, "");
        } else {
            withdrawal->due_at = now;
            become(tx, *withdrawal, State::queued, EventKind::covered, now, "");
        }
        return {.what = Settled::pending, .postback = {}};
    }
    if (now >= withdrawal->created_at + cover_within) {
        SettleOutcome outcome{.what = Settled::failed, .postback = {}};
        outcome.postback =
            fail(tx, *withdrawal, EventKind::failed, "Insufficient balance", context, now);
        ask_after_all(tx, *withdrawal, context.route, now);
        return outcome;
    }
    withdrawal->due_at = now + cover_pause;
    save(tx, *withdrawal);
    return {.what = Settled::pending, .postback = {}};
}

}  // namespace lango::withdrawals
