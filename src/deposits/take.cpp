#include "deposits/take.hpp"

#include <algorithm>

#include "deposits/phone_guard.hpp"
#include "deposits/plan.hpp"
#include "runs/run.hpp"
#include "store/words.hpp"

namespace lango::deposits {

namespace {

template <class... P>
std::vector<DepositId> ids(store::Reader& reader, store::Sql sql, Instant now, std::size_t limit,
                           const P&... more) {
    std::vector<DepositId> found;
    reader.each(
        sql, [&](const store::Row& row) { found.emplace_back(row.integer(0)); }, now,
        static_cast<std::int64_t>(limit), more...);
    return found;
}

template <class... P>
std::optional<Instant> first_instant(store::Reader& reader, store::Sql sql, const P&... params) {
    std::optional<Instant> at;
    reader.each(
        sql,
        [&](const store::Row& row) {
            if (!row.is_null(0)) at = row.instant(0);
        },
        params...);
    return at;
}

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
    if (!a) return b;
    if (!b) return a;
    return std::min(*a, *b);
}

// In one write: after an outage thousands may be too old.
constexpr std::size_t given_up_max = 1000;

void give_up(store::Tx& tx, Deposit& deposit, Instant now) {
    deposit.due_at.reset();
    become(tx, deposit, State::expired, EventKind::expired, now, "never pushed");
    release_guard(tx, deposit.id, deposit.phone, now);
}

// For what a clock that went wrong had put too far away: any phone is free by then.
constexpr Duration soon = std::chrono::minutes{2};

void take_push(store::Tx& tx, Deposit& deposit, const Timing& timing, std::int64_t shortcode,
               std::int64_t run, Instant now) {
    deposit.pushed_at = now;
    deposit.shortcode = shortcode;
    deposit.due_at = now + timing.push_timeout;
    deposit.taken_in = run;
    become(tx, deposit, State::pushing, EventKind::push_sent, now, "");
    move_guard(tx, deposit.id, deposit.phone, now);
}

}  // namespace

void doubt_all(store::Tx& tx, Instant now) {
    std::vector<DepositId> waiting;
    tx.each("SELECT id FROM deposits WHERE state = " LANGO_DEPOSIT_CREATED,
            [&](const store::Row& row) { waiting.emplace_back(row.integer(0)); });
    for (const auto id : waiting) {
        auto deposit = find_or_set_aside(tx, id, now);
        if (!deposit) continue;
        deposit->due_at = now;
        become(tx, *deposit, State::expired, EventKind::expired, now, "of an older backup");
        release_guard(tx, id, deposit->phone, now);
    }
}

TakenPushes take_pushes(store::Tx& tx, std::size_t limit, const Timing& timing,
                        std::int64_t shortcode, Instant now) {
    TakenPushes taken;
    const auto run = runs::current(tx).number;
    for (std::size_t given_up = 0; taken.pushes.size() < limit && given_up < given_up_max;) {
        const auto due = ids(tx,
                             "SELECT id FROM deposits WHERE state = " LANGO_DEPOSIT_CREATED
                             " AND due_at <= ?1 ORDER BY due_at LIMIT ?2",
                             now, limit - taken.pushes.size());
        if (due.empty()) break;
        for (const auto id : due) {
            auto deposit = find_or_set_aside(tx, id, now);
            if (!deposit) continue;
            if (now > deposit->created_at + timing.push_retry_for) {
                give_up(tx, *deposit, now);
                ++given_up;
                continue;
            }
            take_push(tx, *deposit, timing, shortcode, run, now);
            taken.pushes.push_back(
                {.deposit = id, .phone = deposit->phone, .amount = deposit->amount});
        }
    }
    taken.next_due =
        first_instant(tx, "SELECT MIN(due_at) FROM deposits WHERE state = " LANGO_DEPOSIT_CREATED
                          " AND due_at IS NOT NULL");
    return taken;
}

void give_up_submissions(store::Tx& tx, Instant now) {
    tx.run("UPDATE deposits SET due_at = ?1 WHERE state = " LANGO_DEPOSIT_PUSHING
           " AND due_at > ?1",
           now);
}

void bound_due_times(store::Tx& tx, const Timing& timing, const Spacing& spacing, Instant now) {
    tx.run("UPDATE deposits SET due_at = ?1 WHERE due_at > ?2 AND state IN (" LANGO_DEPOSIT_NOT_PAID
           ")",
           now + soon, now + longest_pause(timing));
    tx.run(
        "UPDATE deposits SET due_at = ?1 WHERE due_at > ?2 AND state IN (" LANGO_DEPOSIT_NOT_PUSHED
        ")",
        now + soon, now + std::max(longest_wait(spacing), timing.push_timeout));
    bound_guards(tx, spacing, now);
}

namespace {

void carry_out(store::Tx& tx, Deposit& deposit, const CheckPlan& plan, Instant now) {
    if (plan.push_is_lost)
        become(tx, deposit, State::unknown, EventKind::push_unanswered, now, "not recorded");
    if (plan.expires) become(tx, deposit, State::expired, EventKind::expired, now, "");
    deposit.tries = plan.asked;
    deposit.due_at = plan.next_at;
    if (plan.needs_person) {
        deposit.flags |= Flag::attention;
        note(tx, deposit, EventKind::needs_person, now, "");
    } else {
        save(tx, deposit);
    }
}

}  // namespace

namespace {

std::optional<Check> take_check(store::Tx& tx, DepositId id, std::int64_t run, const Timing& timing,
                                const rails::Capabilities& capabilities, Instant now) {
    auto deposit = find_or_set_aside(tx, id, now);
    if (!deposit) return std::nullopt;
    const auto is = plan(*deposit, capabilities, timing, now);
    const bool is_asked = is.ask != CheckPlan::Ask::nobody;
    deposit->taken_in = is_asked ? run : 0;
    carry_out(tx, *deposit, is, now);
    if (!is_asked) return std::nullopt;
    const auto pushed_at = deposit->pushed_at.value_or(deposit->created_at);
    // By a clock that was ahead, and nobody knows how far: all of the list may tell of it.
    const bool has_no_date = lies_ahead(pushed_at, now);
    return Check{.id = id,
                 .by_query = is.ask == CheckPlan::Ask::query,
                 .checkout_request_id = deposit->checkout_request_id,
                 .pushed_at = has_no_date ? now - timing.settle_within : pushed_at,
                 .is_last = has_no_date || !is.next_at};
}

}  // namespace

namespace {

// A payer looks at the page: the question comes before its time (ask_sooner.hpp), and before those
// that wait longer. Prompts that old have no open window any more.
std::vector<DepositId> windows_wait(store::Reader& reader, std::size_t limit, const Timing& timing,
                                    const runs::Marks& suspected, Instant now) {
    constexpr Duration looks_at_it = std::chrono::minutes{2};
    return ids(reader,
               "SELECT id FROM deposits WHERE state = " LANGO_DEPOSIT_PROMPTED
               " AND due_at > ?3 AND due_at <= ?1 "
               "AND tries = 0 AND due_at < pushed_at + ?4 AND taken_in NOT BETWEEN ?5 AND ?6 "
               "ORDER BY due_at LIMIT ?2",
               now, limit, now - looks_at_it, timing.query_after.count(), suspected.from,
               suspected.to);
}

}  // namespace

TakenChecks take_checks(store::Tx& tx, std::size_t limit, const Timing& timing,
                        const rails::Capabilities& capabilities, Instant now) {
    TakenChecks taken;
    const auto run = runs::current(tx);
    const auto suspected = runs::suspected(run);
    auto due = windows_wait(tx, limit, timing, suspected, now);
    for (const auto id :
         ids(tx,
             "SELECT id FROM deposits WHERE state IN (" LANGO_DEPOSIT_ASKED_ABOUT ") "
             "AND due_at <= ?1 AND taken_in NOT BETWEEN ?3 AND ?4 "
             "ORDER BY due_at LIMIT ?2",
             now, limit, suspected.from, suspected.to)) {
        if (due.size() < limit && std::ranges::find(due, id) == due.end()) due.push_back(id);
    }
    for (const auto id : due) {
        if (auto check = take_check(tx, id, run.number, timing, capabilities, now)) {
            taken.checks.push_back(std::move(*check));
        }
    }
    for (const int state : {2, 3, 4, 5, 7, 8}) {
        taken.next_due =
            earliest(taken.next_due,
                     first_instant(tx,
                                   "SELECT MIN(due_at) FROM deposits WHERE state = ?3 "
                                   "AND due_at IS NOT NULL AND taken_in NOT BETWEEN ?1 AND ?2",
                                   suspected.from, suspected.to, state));
    }
    return taken;
}

TakenAlone take_alone(store::Tx& tx, const Timing& timing, const rails::Capabilities& capabilities,
                      Instant now) {
    const auto run = runs::current(tx);
    const auto marks = runs::suspected(run);
    const auto due =
        ids(tx,
            "SELECT id FROM deposits WHERE state IN (" LANGO_DEPOSIT_ASKED_ABOUT
            ") AND due_at <= ?1 AND taken_in BETWEEN ?3 AND ?4 ORDER BY due_at LIMIT ?2",
            now, 1, marks.from, marks.to);
    if (due.empty()) return {};
    auto check = take_check(tx, due.front(), run.number, timing, capabilities, now);
    if (check) {
        runs::begin_alone(tx, {.kind = runs::Kind::deposit, .id = due.front().value()});
    }
    return {.any = true, .check = std::move(check)};
}

}  // namespace lango::deposits
