#include "window/standing.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "window/order.hpp"

namespace lango::window {

namespace {

using deposits::Deposit;
using deposits::State;

// The prompt may be on the phone: since when, and what that means now.
void prompted(Standing& standing, Instant since, Duration prompt_life, Instant now) {
    const auto age = std::max(now - since, Duration::zero());
    if (age >= prompt_life) {
        standing.screen = Screen::unknown;
        return;
    }
    const bool seen = age < seen_within;
    const bool shown = age < prompt_shown_for;
    standing.screen = seen ? Screen::sent : Screen::unseen;
    if (shown) standing.left = prompt_shown_for - age;
    standing.changes = (seen ? seen_within : shown ? prompt_shown_for : prompt_life) - age;
    standing.may_use_paybill = !seen;
}

void unpaid(Standing& standing, std::size_t attempts, Instant now) {
    standing.screen = Screen::unpaid;
    standing.offer = offer(standing.deposit.result_code);
    // The shop has begun another payment under its name: no money should come for this one.
    if (standing.deposit.has(deposits::Flag::gave_way)) {
        standing.offer = {.remedy = Remedy::shop_only, .paybill = false};
    }
    standing.may_use_paybill = standing.offer.paybill;
    const bool helps = standing.offer.remedy != Remedy::shop_only;
    standing.no_more = helps && attempts >= attempts_max;
    const auto again_at = standing.deposit.closed_at.value_or(now) + standing.offer.wait;
    if (helps && !standing.no_more) {
        if (now < again_at) standing.left = standing.changes = again_at - now;
        standing.may_try_again = now >= again_at;
    }
    standing.may_turn = standing.deposit.due_at.has_value();
}

}  // namespace

std::string_view name(Screen screen) {
    switch (screen) {
        case Screen::enter:
            return "enter";
        case Screen::systems:
            return "systems";
        case Screen::sent:
            return "sent";
        case Screen::unseen:
            return "unseen";
        case Screen::paybill:
            return "paybill";
        case Screen::unknown:
            return "unknown";
        case Screen::paid:
            return "paid";
        case Screen::unpaid:
            return "unpaid";
        case Screen::problem:
            return "problem";
        case Screen::resume:
            return "resume";
        case Screen::state:
            return "state";
    }
    assertion_failed("a screen of the enum", std::source_location::current());
}

Standing standing(const std::vector<Deposit>& attempts, Duration prompt_life, Instant now) {
    LANGO_REQUIRE(!attempts.empty());
    const auto in = [&](State state) {
        return std::ranges::find(attempts, state, &Deposit::state);
    };
    if (const auto paid = in(State::paid); paid != attempts.end()) {
        return {.screen = Screen::paid, .deposit = *paid};
    }
    if (const auto claimed = in(State::verifying); claimed != attempts.end()) {
        return {.screen = Screen::unknown, .deposit = *claimed};
    }
    Standing standing{.screen = Screen::unknown, .deposit = attempts.back()};
    const auto& last = standing.deposit;
    switch (last.state) {
        case State::created: {
            // Its push may wait for the rail's pause, or be late.
            standing.screen = Screen::sent;
            const auto due = last.due_at.value_or(now);
            standing.in_line = due > now;
            if (standing.in_line) standing.left = due - now;
            break;
        }
        case State::pushing:
        case State::prompted:
        case State::unknown:
            // A code that no table has: the prompt is over, and nobody knows how it ended.
            if (!last.result_code.empty()) break;
            prompted(standing, last.pushed_at.value_or(now), prompt_life, now);
            break;
        case State::failed:
            unpaid(standing, attempts.size(), now);
            break;
        case State::expired:
            // Silence is no failure: only what was never sent has surely failed.
            if (!last.pushed_at) unpaid(standing, attempts.size(), now);
            break;
        case State::verifying:
        case State::paid:
            break;
    }
    return standing;
}

void stop_offers(Standing& standing) {
    standing.closed = true;
    standing.may_try_again = false;
    standing.may_use_paybill = false;
    if (standing.screen == Screen::unpaid) standing.left = standing.changes = std::nullopt;
}

}  // namespace lango::window
