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

struct Standing {
    Screen screen = Screen::unknown;
    deposits::Deposit deposit;          // the attempt that it is about
    std::optional<Duration> left{};     // until the prompt ends, or, in line, until it goes out
    std::optional<Duration> changes{};  // until time alone leads to another screen
    bool in_line = false;               // the push waits for its time
    bool may_try_again = false;         // no prompt is open, none can still be paid
    bool may_use_paybill = false;       // a second way to pay could not be a second payment unseen
    bool may_turn = false;              // unpaid, and the rail is still being asked
};

// attempts: of one order, the first one first; at least one. prompt_life: rails::Capabilities.
[[nodiscard]] Standing standing(const std::vector<deposits::Deposit>& attempts,
                                Duration prompt_life, Instant now);

}  // namespace lango::window
