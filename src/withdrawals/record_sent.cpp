#include "withdrawals/record_sent.hpp"

#include "base/check.hpp"
#include "withdrawals/close.hpp"
#include "withdrawals/halt.hpp"

namespace lango::withdrawals {

namespace {

// When it was last submitted, of what the rail may have: what did not get that far counts for
// nothing.
Instant last_submission(store::Reader& reader, const Withdrawal& withdrawal) {
    const auto at = reader.first(
        "SELECT e.at FROM withdrawal_events e WHERE e.withdrawal_id = ?1 AND e.number < ?2 AND "
        "e.kind = ?3 AND NOT EXISTS (SELECT 1 FROM withdrawal_events n WHERE n.withdrawal_id = ?1 "
        "AND n.number = e.number + 1 AND n.kind = ?4) ORDER BY e.number DESC LIMIT 1",
        [](const store::Row& row) { return row.instant(0); }, withdrawal.id, withdrawal.events,
        EventKind::sending, EventKind::postponed);
    return at.value_or(withdrawal.created_at);
}

}  // namespace

SettleOutcome record_sent(store::Tx& tx, WithdrawalId id, const rails::PayoutAnswer& answer,
                          const SettleContext& context, Instant now) {
    auto withdrawal = find(tx, id);
    LANGO_REQUIRE(withdrawal);
    const bool plain = answer.outcome == rails::Submitted::accepted;
    if (!plain && !answer.raw.empty()) {
        keep_message(tx, id, RailMessageKind::pay_answer, now, answer.raw);
    }
    halt(tx, answer.halts,
         {.withdrawal = id,
          .sent_at = withdrawal->sent_at.value_or(now),
          .code = answer.code,
          .description = answer.message},
         now);
    if (!answer.conversation_id.empty()) {
        withdrawal->conversation_id = answer.conversation_id;
        withdrawal->originator_conversation_id = answer.originator_conversation_id;
    }
    // Whatever this reply says, a result that stands already is the rail's later word.
    if (withdrawal->state != State::sending) {
        note(tx, *withdrawal, plain ? EventKind::accepted : EventKind::unanswered, now,
             plain ? "after the result" : answer.code);
        return {.what = Settled::ignored, .postback = {}};
    }
    switch (answer.outcome) {
        case rails::Submitted::accepted:
            withdrawal->tries = 0;
            // This row had not gone out before: the id is of a row that is gone, whatever its
            // recipient and amount were.
            if (answer.repeated && withdrawal->sends <= 1) {
                withdrawal->flags |= Flag::repeated;
                withdrawal->due_at = now;
                become(tx, *withdrawal, State::unknown, EventKind::repeated, now, answer.code);
                return {.what = Settled::pending, .postback = {}};
            }
            withdrawal->due_at = now + context.timing.ask_after;
            // The rail had not had it before.
            if (!answer.repeated) withdrawal->flags &= ~Flag::repeated;
            // What kept it from being submitted has been mended.
            if (withdrawal->sends <= 1) withdrawal->flags &= ~Flag::attention;
            become(tx, *withdrawal, State::sent, EventKind::accepted, now, answer.code);
            return {.what = Settled::pending, .postback = {}};
        case rails::Submitted::refused:
            // The rail has it not and never will; an earlier submission may have got through.
            if (withdrawal->sends > 1) break;
            return {
                .what = Settled::failed,
                .postback = fail(tx, *withdrawal, EventKind::refused, answer.code, context, now)};
        case rails::Submitted::not_submitted:
            LANGO_CHECK(withdrawal->sends >= 1, "what went out was counted");
            --withdrawal->sends;
            if (answer.ours_to_mend) withdrawal->flags |= Flag::attention;
            if (withdrawal->sends > 0) {
                // A repeat that did not go out: no more is known than before it.
                withdrawal->sent_at = last_submission(tx, *withdrawal);
                withdrawal->tries = 0;
                withdrawal->due_at = now + context.timing.ask_after;
                become(tx, *withdrawal, State::unknown, EventKind::postponed, now, answer.code);
                return {.what = answer.ours_to_mend ? Settled::needs_person : Settled::pending,
                        .postback = {}};
            }
            ++withdrawal->tries;
            withdrawal->due_at = now + send_pause(withdrawal->tries);
            become(tx, *withdrawal, State::queued, EventKind::postponed, now, answer.code);
            return {.what = answer.ours_to_mend ? Settled::needs_person : Settled::pending,
                    .postback = {}};
        case rails::Submitted::unknown:
            break;
    }
    LANGO_CHECK(withdrawal->state == State::sending, "an answer ends the sending once");
    withdrawal->tries = 0;
    withdrawal->due_at = now + context.timing.ask_after;
    // Only a person can tell then, and no time makes that better.
    if (cannot_be_asked_about(tx, *withdrawal, context.route)) withdrawal->flags |= Flag::attention;
    become(tx, *withdrawal, State::unknown, EventKind::unanswered, now, answer.code);
    return {.what = Settled::pending, .postback = {}};
}

}  // namespace lango::withdrawals
