// A deposit's life.
//
//   created ──take──▶ pushing ──accepted──▶ prompted ──┬─▶ paid
//      ▲                 │ │ └─reply lost─▶ unknown ───┤    ▲
//      └─not submitted───┘ └─refused──────▶ failed ────┼────┤ late success:
//                                                      ├─▶ failed ───┤ always credited,
//                    prompted, unknown ──time──────────┼─▶ expired ──┘ flagged late
//                    (success to be confirmed) ────────┴─▶ verifying ─▶ paid | expired | failed,
//                                                          when it was another push's claim
//
// paid is final and nothing overwrites it. failed and expired are closed for us, but money that
// the rail confirms later is credited all the same (decisions, Deposits).
#pragma once
#include <cstdint>
#include <string_view>

#include "store/words.hpp"

namespace lango::deposits {

enum class State : std::int8_t {
    created = 1,    // waits for its push
    pushing = 2,    // a push is being submitted
    prompted = 3,   // the rail accepted the push
    unknown = 4,    // the reply to the push was lost: the prompt may be on the phone
    verifying = 5,  // the rail claims success; receipt or confirmation is still missing
    paid = 6,
    failed = 7,
    expired = 8,
};
static_assert(store::spells(LANGO_DEPOSIT_CREATED, State::created));
static_assert(store::spells(LANGO_DEPOSIT_PUSHING, State::pushing));
static_assert(store::spells(LANGO_DEPOSIT_PROMPTED, State::prompted));
static_assert(store::spells(LANGO_DEPOSIT_NOT_PUSHED, State::created, State::pushing));
static_assert(store::spells(LANGO_DEPOSIT_PAID, State::paid));
static_assert(store::spells(LANGO_DEPOSIT_OPEN, State::created, State::pushing, State::prompted,
                            State::unknown, State::verifying));
static_assert(store::spells(LANGO_DEPOSIT_CLOSED, State::paid, State::failed, State::expired));
static_assert(store::spells(LANGO_DEPOSIT_NOT_PAID, State::created, State::pushing, State::prompted,
                            State::unknown, State::verifying, State::failed, State::expired));
static_assert(store::spells(LANGO_DEPOSIT_ASKED_ABOUT, State::pushing, State::prompted,
                            State::unknown, State::verifying, State::failed, State::expired));

[[nodiscard]] bool may_become(State from, State to);
[[nodiscard]] constexpr bool is_closed(State state) {
    return state == State::paid || state == State::failed || state == State::expired;
}
[[nodiscard]] std::string_view name(State state);

enum class EventKind : std::int8_t {
    created = 1,
    push_sent = 2,
    push_accepted = 3,
    push_refused = 4,
    push_postponed = 5,  // not submitted; will be sent again
    push_unanswered = 6,
    claimed_paid = 7,  // a success that still lacks receipt or confirmation
    paid = 8,
    failed = 9,
    expired = 10,
    amount_differs = 11,   // the rail reports another amount than asked for
    second_receipt = 12,   // money arrived again: in suspense
    unknown_code = 13,     // no table knows the rail's answer
    needs_person = 14,     // nothing else will settle it
    receipt_refused = 15,  // the receipt stands with another payment
    refund = 16,           // one was made of it (src/refunds)
    attended = 18,         // a person has looked at what needed one
    other_push_paid = 17,  // a push that we took for not submitted claims success: its receipt
    not_applied = 19,      // what the rail said is kept, and applying it went wrong: why
    claimed_again = 20,    // paid, and another payment is claimed that nothing proves: its receipt
    gave_way = 22,         // its name went to the merchant's own payment: the name
    money_too_late = 23,   // money came after that: in suspense, its receipt
    masked = 30,           // the person was taken out of it (src/privacy)
};
static_assert(store::spells(LANGO_DEPOSIT_EVENT_CREATED, EventKind::created));
static_assert(store::spells(LANGO_DEPOSIT_EVENT_PAID, EventKind::paid));
static_assert(store::spells(LANGO_DEPOSIT_EVENT_AMOUNT_DIFFERS, EventKind::amount_differs));
static_assert(store::spells(LANGO_DEPOSIT_EVENT_SECOND_RECEIPT, EventKind::second_receipt));
static_assert(store::spells(LANGO_DEPOSIT_EVENT_REFUND, EventKind::refund));
static_assert(store::spells(LANGO_DEPOSIT_EVENT_MONEY_TOO_LATE, EventKind::money_too_late));
static_assert(store::spells(LANGO_DEPOSIT_EVENT_MASKED, EventKind::masked));
[[nodiscard]] std::string_view name(EventKind kind);

// Bits of deposits.flags.
enum Flag : std::int64_t {
    late = 1,         // paid after we had called it failed or expired
    attention = 2,    // a person must look
    tried_again = 4,  // its order has a later attempt
    gave_way = 8,     // its name is the merchant's own payment's now: it is never credited
};
static_assert(store::spells(LANGO_DEPOSIT_FLAG_ATTENTION, Flag::attention));
static_assert(store::spells(LANGO_DEPOSIT_FLAG_TRIED_AGAIN, Flag::tried_again));

enum class RailMessageKind : std::int8_t {
    push_answer = 1,
    callback = 2,
    query_answer = 3,
    pulled = 4,
    confirmation = 5,  // of money that came by paybill
};
[[nodiscard]] std::string_view name(RailMessageKind kind);

}  // namespace lango::deposits
