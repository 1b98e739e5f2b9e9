#include "deposits/record_push.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "deposits/phone_guard.hpp"

namespace lango::deposits {

namespace {

void accepted(store::Tx& tx, Deposit& deposit, const rails::PushAnswer& answer,
              const Timing& timing, Instant now) {
    if (deposit.checkout_request_id.empty()) {
        deposit.checkout_request_id = answer.checkout_request_id;
        deposit.merchant_request_id = answer.merchant_request_id;
    }
    if (deposit.state == State::pushing || deposit.state == State::unknown) {
        deposit.tries = 0;
        deposit.due_at = now + timing.query_after;
        become(tx, deposit, State::prompted, EventKind::push_accepted, now, "");
    } else {
        note(tx, deposit, EventKind::push_accepted, now, "after the outcome");
    }
}

void not_submitted(store::Tx& tx, Deposit& deposit, const rails::PushAnswer& answer,
                   const Timing& timing, Instant now) {
    ++deposit.tries;
    if (now > deposit.created_at + timing.push_retry_for) {
        deposit.due_at.reset();
        deposit.result_code = answer.code;
        become(tx, deposit, State::failed, EventKind::push_refused, now, answer.code);
        return;
    }
    deposit.due_at = now + std::max(push_pause(deposit.tries), answer.pause_min);
    become(tx, deposit, State::created, EventKind::push_postponed, now, answer.code);
    move_guard(tx, deposit.id, deposit.phone, *deposit.due_at);
}

}  // namespace

void record_push(store::Tx& tx, DepositId id, const rails::PushAnswer& answer, const Timing& timing,
                 Instant now) {
    auto deposit = find(tx, id);
    LANGO_REQUIRE(deposit);
    const bool plain = answer.outcome == rails::Submitted::accepted;
    if (!plain && !answer.raw.empty()) {
        keep_message(tx, id, RailMessageKind::push_answer, now, answer.raw);
    }
    if (plain) {
        accepted(tx, *deposit, answer, timing, now);
        return;
    }
    // Whatever this reply says, an outcome that stands already is the rail's later word.
    if (deposit->state != State::pushing) {
        note(tx, *deposit, EventKind::push_unanswered, now, answer.code);
        return;
    }
    switch (answer.outcome) {
        case rails::Submitted::refused:
            deposit->due_at.reset();
            deposit->result_code = answer.code;
            become(tx, *deposit, State::failed, EventKind::push_refused, now, answer.code);
            release_guard(tx, id, deposit->phone, now);
            break;
        case rails::Submitted::not_submitted:
            not_submitted(tx, *deposit, answer, timing, now);
            if (is_closed(deposit->state)) release_guard(tx, id, deposit->phone, now);
            break;
        case rails::Submitted::accepted:
        case rails::Submitted::unknown:
            deposit->tries = 0;
            deposit->due_at = now + timing.query_after;
            become(tx, *deposit, State::unknown, EventKind::push_unanswered, now, answer.code);
            break;
    }
}

}  // namespace lango::deposits
