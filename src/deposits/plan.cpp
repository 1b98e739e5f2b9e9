#include "deposits/plan.hpp"

#include <algorithm>
#include <array>

#include "rails/receipt.hpp"

namespace lango::deposits {

namespace {

using namespace std::chrono_literals;

constexpr std::array<Duration, 9> open_pauses{15s, 30s, 1min, 2min, 5min, 10min, 30min, 1h, 2h};
constexpr std::array<Duration, 4> failed_pauses{2min, 5min, 10min, 30min};

// Of one that a clock wrote which was ahead: so often it has been asked about when it expires.
constexpr int expires_when_asked = 6;

Instant began(const Deposit& deposit) { return deposit.pushed_at.value_or(deposit.created_at); }

CheckPlan::Ask whom_to_ask(const Deposit& deposit, Stage stage,
                           const rails::Capabilities& capabilities) {
    using enum CheckPlan::Ask;
    // What went out under another shortcode, only that one's keys could ask about.
    const bool ours = capabilities.shortcode == 0 || deposit.shortcode == 0 ||
                      deposit.shortcode == capabilities.shortcode;
    if (!ours) return nobody;
    // A query knows no receipt; and of what has failed it would say so again: only the list of
    // payments can tell that money came.
    const bool lacks_receipt =
        stage == Stage::claimed && !rails::read_receipt(std::string_view{deposit.receipt});
    const bool by_query = capabilities.query && !deposit.checkout_request_id.empty() &&
                          !lacks_receipt && stage != Stage::failed;
    return by_query ? query : capabilities.pull ? list : nobody;
}

}  // namespace

Stage stage_of(const Deposit& deposit) {
    if (deposit.state == State::verifying) return Stage::claimed;
    return deposit.state == State::failed ? Stage::failed : Stage::open;
}

std::optional<Instant> next_question(Stage stage, int asked, Instant began, const Timing& timing,
                                     Instant now) {
    const auto nth = static_cast<std::size_t>(std::max(asked, 0));
    if (stage == Stage::failed && nth >= failed_pauses.size()) return std::nullopt;
    const auto pause =
        stage == Stage::failed
            ? failed_pauses.at(nth)
            : open_pauses.at(std::min(std::max<std::size_t>(nth, 1) - 1, open_pauses.size() - 1));
    const auto at = now + pause;
    if (at > began + timing.settle_within) return std::nullopt;
    return at;
}

Duration longest_pause(const Timing& timing) {
    return std::max({Duration{open_pauses.back()}, Duration{failed_pauses.back()},
                     timing.query_after, timing.push_timeout});
}

CheckPlan plan(const Deposit& deposit, const rails::Capabilities& capabilities,
               const Timing& timing, Instant now) {
    const auto stage = stage_of(deposit);
    CheckPlan plan;
    plan.push_is_lost = deposit.state == State::pushing;
    // A claimed success is never called expired while it can still be proved.
    const bool is_old = lies_ahead(began(deposit), now)
                            ? deposit.tries >= expires_when_asked
                            : now >= began(deposit) + timing.expire_after;
    plan.expires = stage == Stage::open && !is_closed(deposit.state) && is_old;
    plan.asked = deposit.tries + 1;
    plan.next_at = next_question(stage, plan.asked, began(deposit), timing, now);
    plan.ask = whom_to_ask(deposit, stage, capabilities);
    // Somebody has been charged, and what would prove it does not come: the callback is lost, and
    // the rail's list is not to be had or does not know of it.
    const int patience = plan.ask == CheckPlan::Ask::nobody ? 1 : claim_questions;
    const bool unproved =
        stage == Stage::claimed && !deposit.has(Flag::attention) && plan.asked == patience;
    plan.needs_person = unproved || (!plan.next_at && stage != Stage::failed);
    return plan;
}

}  // namespace lango::deposits
