// Where an order stands, as its payer may know it: decided from its attempts and the time alone.
//
//   paid ........... any attempt is
//   unknown ........ a success that is not proved yet; a prompt whose time is over and whose
//                    outcome nobody has told; what we gave up waiting for
//   sent, unseen ... the last prompt may be on the phone, for less or more than 25 s
//   unpaid ......... the rail says that the last one failed, or it was never sent
#pragma once
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "deposits/deposit.hpp"
#include "window/reasons.hpp"

namespace lango::window {

enum class Screen : std::int8_t {
    enter,
    systems,
    sent,
    unseen,
    paybill,
    unknown,
    paid,
    unpaid,
    problem,
    resume,
    state,  // what a payer's code shows by itself
};
[[nodiscard]] std::string_view name(Screen screen);

inline constexpr Duration seen_within = std::chrono::seconds{25};
// So long the prompt stays on a phone (daraja.md 3.6); its outcome may come later, up to
// Capabilities::prompt_life after the push.
inline constexpr Duration prompt_shown_for = std::chrono::seconds{60};
// Who may have entered the PIN and hears nothing is asked about so long after the push.
inline constexpr Duration asked_after = std::chrono::seconds{30};

struct Standing {
    Screen screen = Screen::unknown;
    deposits::Deposit deposit;  // the attempt that it is about
    // Until the prompt ends; in line until it goes out; unpaid until a new one may be sent.
    std::optional<Duration> left{};
    std::optional<Duration> changes{};  // until time alone leads to another screen
    bool in_line = false;               // the push waits for its time
    bool may_try_again = false;         // no prompt is open, none can still be paid
    bool may_use_paybill = false;       // a second way to pay could not be a second payment unseen
    bool may_turn = false;              // unpaid, and the rail is still being asked
    Offer offer{};                      // unpaid: what helps, whatever is still allowed
    bool closed = false;                // the shop takes no new payments: stop_offers()
    bool no_more = false;               // unpaid: so many requests were sent that no other may be
};

// attempts: of one order, the first one first; at least one. prompt_life: rails::Capabilities.
[[nodiscard]] Standing standing(const std::vector<deposits::Deposit>& attempts,
                                Duration prompt_life, Instant now);
// Of a shop that takes no new payments: no way to a further one is offered. What was sent goes on.
void stop_offers(Standing& standing);

}  // namespace lango::window
