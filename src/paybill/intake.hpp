// The one intake for money that came to the paybill, whatever tells of it: the rail's confirmation,
// its list of payments, a person. In one write: an order is credited, or the money stands in
// suspense with what is known of it. Idempotent by receipt, across every channel.
//
//   the order's amount ............ credited, as by a prompt; also when it had failed or expired
//   more, merchant's at_least ..... the order credited, the rest in suspense
//   more, merchant's exact ........ all in suspense     |
//   less .......................... all in suspense     | the order stays as it is, flagged for
//   the order is paid already ..... all in suspense     | a person
//   nobody's reference ............ all in suspense
//   much, told by a confirmation .. not booked before the rail's own list has it (nobody signs
//                                   confirmations)
#pragma once
#include <optional>
#include <string_view>

#include "deposits/observe.hpp"
#include "rails/paybill.hpp"
#include "store/tx.hpp"

namespace lango::paybill {

enum class Told : std::int8_t {
    confirmation,  // unsigned
    list,          // the rail's own
    person,        // an operator, of what the rail claimed once (claim_by_hand.hpp)
};

enum class Taken : std::int8_t {
    credited,
    credited_late,  // after the order was called failed or expired
    rest_kept,      // credited, and there was more
    kept,           // in suspense
    paid_twice,     // in suspense; the order had been paid
    duplicate,      // the receipt is booked
    claimed,        // waits for the rail's list
    unreadable,     // its receipt is none: nothing is booked
};
[[nodiscard]] std::string_view name(Taken taken);

struct IntakeOutcome {
    Taken what = Taken::duplicate;
    // For Observer::finish.
    deposits::ObserveOutcome deposit{.what = deposits::Observed::duplicate, .postback = {}};
};

[[nodiscard]] IntakeOutcome take(store::Tx& tx, const rails::PaybillPayment& payment, Told told,
                                 const deposits::ObserveContext& context, Instant now);

// Whom a payment is for: by the reference that was typed, the prompt's, or our own answer to the
// rail's question.
[[nodiscard]] std::optional<deposits::Deposit> find_order(store::Reader& reader,
                                                          const rails::PaybillPayment& payment);

// By this attempt or another one of its order.
[[nodiscard]] bool is_paid(store::Reader& reader, const deposits::Deposit& order);

}  // namespace lango::paybill
