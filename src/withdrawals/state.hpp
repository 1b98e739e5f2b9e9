// A withdrawal's life.
//
//   waiting ──approved──▶ queued ──take──▶ sending ──accepted──▶ sent ──┬─▶ paid
//      │                    ▲ ▲              │ │ └─reply lost─▶ unknown ─┤
//      └─rejected─▶ failed  │ └─not submitted┘ └─refused─▶ failed        ├─▶ failed
//                           └───── not found, late and twice ◀───────────┘
//
// paid and failed are final: the hold is captured or released there, and the merchant is told once.
// What the rail claims against it afterwards is kept for a person, and money that leaves after all
// is booked where it is seen (settle.hpp).
#pragma once
#include <cstdint>
#include <string_view>

#include "store/words.hpp"

namespace lango::withdrawals {

enum class State : std::int8_t {
    waiting = 1,  // for approvals, or for its money
    queued = 2,   // goes out when it is due
    sending = 3,  // is being submitted
    sent = 4,     // the rail has it; its result is awaited
    unknown = 5,  // nobody knows whether the rail has it, or what came of it
    paid = 6,
    failed = 7,
};
static_assert(store::spells(LANGO_WITHDRAWAL_WAITING, State::waiting));
static_assert(store::spells(LANGO_WITHDRAWAL_QUEUED, State::queued));
static_assert(store::spells(LANGO_WITHDRAWAL_SENDING, State::sending));
static_assert(store::spells(LANGO_WITHDRAWAL_PAID, State::paid));
static_assert(store::spells(LANGO_WITHDRAWAL_FAILED, State::failed));
static_assert(store::spells(LANGO_WITHDRAWAL_CLOSED, State::paid, State::failed));
static_assert(store::spells(LANGO_WITHDRAWAL_NOT_PAID, State::waiting, State::queued,
                            State::sending, State::sent, State::unknown, State::failed));
static_assert(store::spells(LANGO_WITHDRAWAL_GOING_OUT, State::queued, State::sending, State::sent,
                            State::unknown));
static_assert(store::spells(LANGO_WITHDRAWAL_SUBMITTED, State::sending, State::sent,
                            State::unknown));
static_assert(store::spells(LANGO_WITHDRAWAL_ASKED_ABOUT, State::sending, State::sent,
                            State::unknown, State::failed));
[[nodiscard]] bool may_become(State from, State to);
[[nodiscard]] constexpr bool is_closed(State state) {
    return state == State::paid || state == State::failed;
}
[[nodiscard]] std::string_view name(State state);

enum class Kind : std::int8_t {
    api = 1,
    manual = 2,  // by a person: the merchant is not told by postback (the page)
    test = 3,    // is_test: neither rail nor ledger (decisions, Money)
    refund = 4,  // of money that came in (src/refunds); the page has no postback that tells it
};
static_assert(store::spells(LANGO_KIND_MANUAL, Kind::manual));
static_assert(store::spells(LANGO_KIND_TEST, Kind::test));
static_assert(store::spells(LANGO_KIND_REFUND, Kind::refund));
[[nodiscard]] std::string_view name(Kind kind);

enum class EventKind : std::int8_t {
    created = 1,
    approved = 2,
    rejected = 3,
    sending = 4,
    accepted = 5,
    refused = 6,
    postponed = 7,   // not submitted; goes out again under the same id
    unanswered = 8,  // the reply was lost, or told nothing
    paid = 9,
    failed = 10,
    timed_out = 11,        // the rail's queue gave up: which does not say that it was not paid
    not_found = 12,        // the rail says that it does not know it
    unknown_code = 13,     // no table knows the rail's answer
    amount_differs = 14,   // the rail reports another amount
    contradicted = 15,     // against what was final already
    needs_person = 16,     // nothing else will settle it
    receipt_refused = 17,  // the receipt stands with another payment
    covered = 18,          // its money could be held at last
    judged = 19,           // a person said what became of it
    done_before = 20,      // a reversal that was made before the first time that we asked for it
    over_refunded = 21,    // more has gone back of a receipt than came in with it
    repeated = 22,         // the rail had its id already; status proves what it was
    other_recipient = 23,  // the rail reports another recipient
    restored = 24,         // of an older backup, or as old as one: asked about
    claimed = 25,          // an end that nothing proves: the rail is asked, or a person
    tried_again = 26,      // a person lets go on what a run had died of
    masked = 30,           // the person was taken out of it (src/privacy)
};
static_assert(store::spells(LANGO_WITHDRAWAL_EVENT_APPROVED, EventKind::approved));
static_assert(store::spells(LANGO_WITHDRAWAL_EVENT_CONTRADICTED, EventKind::contradicted));
static_assert(store::spells(LANGO_WITHDRAWAL_EVENT_JUDGED, EventKind::judged));
static_assert(store::spells(LANGO_WITHDRAWAL_EVENT_MASKED, EventKind::masked));
[[nodiscard]] std::string_view name(EventKind kind);

enum Flag : std::int64_t {
    attention = 1,  // a person must look
    uncovered = 2,  // nothing is held for it: the balance did not cover it
    approval = 4,   // people must approve it, and have not yet
    repeated = 8,   // the rail had its id before this row went out: only a status proves it
    undated = 16,   // it went out by a clock that was ahead: it never goes again by itself
};
static_assert(store::spells(LANGO_WITHDRAWAL_FLAG_ATTENTION, Flag::attention));
static_assert(store::spells(LANGO_WITHDRAWAL_FLAG_UNCOVERED, Flag::uncovered));
static_assert(store::spells(LANGO_WITHDRAWAL_FLAG_APPROVAL, Flag::approval));
static_assert(store::spells(LANGO_WITHDRAWAL_FLAG_UNDATED, Flag::undated));

}  // namespace lango::withdrawals
