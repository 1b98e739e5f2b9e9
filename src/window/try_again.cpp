#include <algorithm>

#include "window/prompt.hpp"
#include "window/prompts.hpp"
#include "window/reasons.hpp"

namespace lango::window {

namespace {

struct Outcome {
    bool created = false;
    bool phone_busy = false;
};

// Looks again inside the write: another window may have been quicker, and the old prompt may have
// turned out to be paid.
Outcome create(store::Tx& tx, const deposits::NewDeposit& attempt, bool is_signed,
               const deposits::Spacing& spacing, Instant now) {
    const auto attempts = deposits::attempts(tx, attempt.merchant, attempt.custom_transaction_id);
    const bool is_next = attempts.size() + 1 == static_cast<std::size_t>(attempt.attempt);
    if (!is_next || !standing(attempts, spacing.prompt_life, now).may_try_again) return {};
    if (const auto made = deposits::create(tx, attempt, spacing, now); !made) {
        return {.phone_busy = made.error().front().first == "phone_number"};
    }
    keep_prompt(tx, attempt.id, attempt.merchant, attempt.phone, is_signed, now);
    return {.created = true};
}

// A code that another number is asked for came from this one, and it does not help again.
bool is_refused_number(const std::vector<deposits::Deposit>& attempts, Msisdn phone, Instant now) {
    return std::ranges::any_of(attempts, [&](const deposits::Deposit& attempt) {
        return attempt.phone == phone && attempt.state == deposits::State::failed &&
               offer(attempt.result_code).remedy == Remedy::other_number &&
               now < attempt.closed_at.value_or(now) + other_number_for;
    });
}

}  // namespace

asio::awaitable<http::Response> try_again(Desk& desk, Visit visit, std::string token) {
    const auto found = co_await find(desk, visit, token);
    if (!found) co_return no_such_order(visit);
    const auto now = desk.context.clock.now();
    auto form = form_of(desk, visit, *found, token);
    const auto typed = read_form(visit.request, form);
    // A form of an earlier attempt, sent once more; or one that does not fit the order any more.
    const bool fits = stands_now(desk, visit, *found).may_try_again;
    if (!fits || typed.key != form.key) co_return go_to(visit.order_path(token));
    if (is_foreign(visit.request)) form.trouble = Key::form_old;
    if (!desk.limits.admit(visit.request.peer, now)) form.trouble = Key::too_many_here;
    if (typed.phone && is_refused_number(found->attempts, *typed.phone, now)) {
        form.phone_error = Key::phone_other;
    }
    const bool is_signed = found->order.is_signed;
    if (!co_await may_send(desk, visit, typed, form, is_signed, now)) {
        co_return draw(visit, enter(visit, form));
    }

    const deposits::NewDeposit attempt{.id = DepositId{desk.context.ids.next(now)},
                                       .merchant = found->order.merchant,
                                       .custom_transaction_id = found->order.custom_transaction_id,
                                       .label = found->order.label,
                                       .phone = *typed.phone,
                                       .amount = *form.amount,
                                       .attempt = static_cast<int>(found->attempts.size()) + 1,
                                       .fee = visit.merchant->fee(*form.amount)};
    const auto outcome = co_await desk.context.store.write(
        [attempt, is_signed, spacing = deposits::spacing(desk.context.rail.capabilities()),
         now](store::Tx& tx) { return create(tx, attempt, is_signed, spacing, now); });
    if (outcome.phone_busy) {
        form.phone_error = Key::phone_not_now;
        co_return draw(visit, enter(visit, form));
    }
    if (!outcome.created) co_return go_to(visit.order_path(token));
    co_return sent(desk, visit, typed, found->order.id, attempt.id);
}

}  // namespace lango::window
