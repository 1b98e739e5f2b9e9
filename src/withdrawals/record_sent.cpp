#include "withdrawals/record_sent.hpp"

#include "base/result.hpp"
#include "withdrawals/close.hpp"
#include "withdrawals/halt.hpp"

namespace lango::withdrawals {

SettleOutcome record_sent(store::Tx& tx, WithdrawalId id, const rails::PayoutAnswer& answer,
                          const SettleContext& context, Instant now) {
    auto withdrawal = find(tx, id);
    LANGO_ASSERT(withdrawal);
    const bool plain = answer.outcome == rails::Submitted::accepted;
    if (!plain && !answer.raw.empty()) {
        keep_message(tx, id, RailMessageKind::pay_answer, now, answer.raw);
    }
    halt(tx, id, answer.halts, answer.code, answer.message, now);
    if (!answer.conversation_id.empty()) withdrawal->conversation_id = answer.conversation_id;
    // Whatever this reply says, a result that stands already is the rail's later word.
    if (withdrawal->state != State::sending) {
        note(tx, *withdrawal, plain ? EventKind::accepted : EventKind::unanswered, now,
             plain ? "after the result" : answer.code);
        return {.what = Settled::ignored, .postback = {}};
    }
    switch (answer.outcome) {
        case rails::Submitted::accepted:
            withdrawal->tries = 0;
            withdrawal->due_at = now + context.timing.ask_after;
            become(tx, *withdrawal, State::sent, EventKind::accepted, now, answer.code);
            return {.what = Settled::pending, .postback = {}};
        case rails::Submitted::refused:
            // The rail has it not and never will; an earlier submission may have got through.
            if (withdrawal->sends > 1) break;
            return {
                .what = Settled::failed,
                .postback = fail(tx, *withdrawal, EventKind::refused, answer.code, context, now)};
        case rails::Submitted::not_submitted:
            ++withdrawal->tries;
            --withdrawal->sends;
            withdrawal->due_at = now + send_pause(withdrawal->tries);
            become(tx, *withdrawal, State::queued, EventKind::postponed, now, answer.code);
            return {.what = Settled::pending, .postback = {}};
        case rails::Submitted::unknown:
            break;
    }
    withdrawal->tries = 0;
    withdrawal->due_at = now + context.timing.ask_after;
    become(tx, *withdrawal, State::unknown, EventKind::unanswered, now, answer.code);
    return {.what = Settled::pending, .postback = {}};
}

}  // namespace lango::withdrawals
