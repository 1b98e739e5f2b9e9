#include "withdrawals/take.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "restore/restoration.hpp"
#include "runs/run.hpp"
#include "store/row_failed.hpp"
#include "store/words.hpp"
#include "withdrawals/after_restore.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

template <class... P>
std::vector<WithdrawalId> ids(store::Reader& reader, store::Sql sql, Instant now, std::size_t limit,
                              const P&... more) {
    std::vector<WithdrawalId> found;
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

// Ten minutes after the first question.
constexpr int never_sent_tries = 5;

void schedule_question(store::Tx& tx, Withdrawal& withdrawal, const Timing& timing, Instant now) {
    ++withdrawal.tries;
    // What has never gone out is asked about until the rail answers; a person is called meanwhile.
    const bool never_sent = withdrawal.sends == 0;
    withdrawal.due_at = next_question(
        withdrawal.tries, never_sent ? now : withdrawal.sent_at.value_or(withdrawal.created_at),
        timing, now);
    LANGO_CHECK(!withdrawal.due_at || *withdrawal.due_at > now,
                "nothing is asked about without a pause");
    const bool call = never_sent && withdrawal.tries == never_sent_tries;
    if (withdrawal.due_at && !call) {
        save(tx, withdrawal);
        return;
    }
    withdrawal.flags |= Flag::attention;
    note(tx, withdrawal, EventKind::needs_person, now, "");
}

void put_aside(store::Tx& tx, WithdrawalId id, std::string why, std::vector<SetAside>& told,
               Instant now) {
    set_aside(tx, id, why, now);
    told.push_back({.withdrawal = id, .why = std::move(why)});
}

// One bad row stops nobody else's payout.
std::optional<Withdrawal> readable(store::Tx& tx, WithdrawalId id, std::vector<SetAside>& told,
                                   Instant now) {
    std::string why;
    try {
        return find(tx, id);
    } catch (const Unreadable& unreadable) {
        why = unreadable.what();
    }
    put_aside(tx, id, std::move(why), told, now);
    return std::nullopt;
}

// Whether a payout is under way that must be known before another may go.
bool is_trying(store::Reader& reader, const Halt& halt) {
    return reader
        .first(
            "SELECT 1 FROM withdrawals WHERE id = ?1 AND state IN (" LANGO_WITHDRAWAL_SUBMITTED ")",
            [](const store::Row&) { return true; }, halt.probe)
        .has_value();
}

// The payout that risks the least, of those that the rail has least often declined to take (429):
// else one that it never takes would keep all others waiting. A reversal, which proves less, only
// when nothing else waits.
std::vector<WithdrawalId> smallest(store::Reader& reader, Instant now) {
    return ids(reader,
               "SELECT w.id FROM withdrawals w WHERE w.state = " LANGO_WITHDRAWAL_QUEUED
               " AND w.due_at <= ?1 AND w.kind <> " LANGO_KIND_TEST
               " ORDER BY EXISTS (SELECT 1 FROM refunds f WHERE f.withdrawal_id = w.id AND "
               "f.method = " LANGO_REFUND_BY_REVERSAL "), w.tries, w.amount, w.due_at LIMIT ?2",
               now, 1);
}

// While the credential is in doubt only what tries is asked about. What the rail has refused to
// take before (its limits) may never try: questions do not wait for that.
bool only_what_tries(store::Reader& reader, const std::optional<Halt>& halted, Instant now) {
    return halted && halted->what == rails::Halts::everything &&
           (is_trying(reader, *halted) ||
            !ids(reader,
                 "SELECT id FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_QUEUED
                 " AND due_at <= ?1 AND kind <> " LANGO_KIND_TEST " AND tries = 0 LIMIT ?2",
                 now, 1)
                 .empty());
}

// No question at all.
bool asks_nothing(store::Reader& reader, const std::optional<Halt>& halted) {
    return open_questions_halt(reader) ||
           (halted && halted->what == rails::Halts::everything && !halted->lifted_at);
}

// A repeat that waited so long (payouts were halted, for one) that the rail may have forgotten the
// id.
bool is_too_late(const Withdrawal& withdrawal, const Timing& timing, Instant now) {
    return withdrawal.sends > 0 && withdrawal.sent_at &&
           (has_no_date(withdrawal, now) || now >= *withdrawal.sent_at + timing.repeats_within);
}

// What all that is taken in one write has in common.
struct Taking {
    const rails::PayoutRail& rail;
    const Timing& timing;
    std::optional<restore::LastRestored> restored;
    std::int64_t run = 0;
    Instant now{};
    const Prove& prove;  // may be empty
};

struct Took {
    std::optional<rails::Payout> payout;  // nothing: it may not go out, and a person is called
    bool is_asked = false;                // or the rail is, first
};

// queued -> sending
Took take_payout(store::Tx& tx, WithdrawalId id, const Taking& taking,
                 std::vector<SetAside>& told) {
    const auto now = taking.now;
    auto withdrawal = readable(tx, id, told, now);
    if (!withdrawal) return {};
    LANGO_CHECK(withdrawal->state == State::queued, "only what is queued goes out");
    LANGO_CHECK(withdrawal->kind != Kind::test, "a test never goes out");
    // An audit comes at times: what a hand has let go since would be paid before it looks.
    if (auto fault = taking.prove ? taking.prove(tx, id) : std::string{}; !fault.empty()) {
        put_aside(tx, id, "a law of money: " + fault, told, now);
        return {};
    }
    if (withdrawal->sends == 0 || !withdrawal->route) withdrawal->route = taking.rail.route();
    rails::Payout payout{.withdrawal = id,
                         .id = withdrawal->payout_id,
                         .phone = withdrawal->phone,
                         .amount = withdrawal->amount,
                         .route = *withdrawal->route,
                         .reverses = reversal_of(tx, *withdrawal)};
    const auto call_person = [&](std::string_view why) {
        withdrawal->flags |= Flag::attention;
        withdrawal->due_at.reset();
        become(tx, *withdrawal, State::unknown, EventKind::needs_person, now, why);
    };
    if (!payout.reverses && is_too_late(*withdrawal, taking.timing, now)) {
        call_person("too late to send it again");
        return {};
    }
    // Version 1 gives the rail nothing to know it by.
    const bool can_ask = payout.reverses || withdrawal->route->knows_repeats;
    const bool is_of_backup = may_have_gone(tx, *withdrawal, taking.restored);
    if (is_of_backup && !can_ask) {
        call_person("of an older backup, by a way that knows no ids");
        return {};
    }
    // A reversal that was made before is refused by the rail.
    const bool is_old = !payout.reverses && can_ask &&
                        is_old_and_unasked(tx, *withdrawal, taking.timing.repeats_within, now);
    if (is_of_backup || is_old) {
        ask_first(tx, *withdrawal, now);
        return {.payout = {}, .is_asked = true};
    }
    if (auto fault = taking.rail.fault_of(payout); !fault.empty()) {
        put_aside(tx, id, std::move(fault), told, now);
        return {};
    }
    LANGO_CHECK(!withdrawal->has(Flag::uncovered) && !withdrawal->has(Flag::approval),
                "nothing goes out that waits for money or for people");
    LANGO_CHECK(!payout.id.empty(), "what goes out has an id that the rail knows it by");
    LANGO_CHECK(payout.amount.minor() > 0, "a payout is of some money");
    withdrawal->sent_at = now;
    withdrawal->flags &= ~Flag::undated;
    ++withdrawal->sends;
    withdrawal->due_at = now + taking.timing.pay_timeout;
    withdrawal->taken_in = taking.run;
    become(tx, *withdrawal, State::sending, EventKind::sending, now, "");
    return {.payout = std::move(payout)};
}

rails::PayoutQuestion question_about(store::Reader& reader, const Withdrawal& withdrawal,
                                     const rails::PayoutRoute& now_route) {
    return {.withdrawal = withdrawal.id,
            .id = withdrawal.payout_id,
            .originator_conversation_id = withdrawal.originator_conversation_id,
            .route = withdrawal.route.value_or(now_route),
            .reverses = reversal_of(reader, withdrawal)};
}

// An open one: when it is asked about next is written with the mark.
void take_open(store::Tx& tx, Withdrawal& withdrawal, const Timing& timing, std::int64_t run,
               Instant now) {
    LANGO_CHECK(withdrawal.state == State::sending || withdrawal.state == State::sent ||
                    withdrawal.state == State::unknown,
                "what the rail may have is asked about");
    if (withdrawal.state == State::sending) {
        withdrawal.tries = 0;
        become(tx, withdrawal, State::unknown, EventKind::unanswered, now, "not recorded");
    }
    withdrawal.taken_in = run;
    schedule_question(tx, withdrawal, timing, now);
}

// A failed one, until it is answered, or nobody will.
void take_failed(store::Tx& tx, Withdrawal& withdrawal, const Timing& timing, std::int64_t run,
                 Instant now) {
    LANGO_CHECK(withdrawal.state == State::failed, "what has failed is asked about once more");
    withdrawal.due_at = now + timing.recheck_after;
    if (*withdrawal.due_at > withdrawal.closed_at.value_or(now) + timing.recheck_for) {
        withdrawal.due_at.reset();
    }
    withdrawal.taken_in = run;
    save(tx, withdrawal);
}

}  // namespace

TakenPayouts take_payouts(store::Tx& tx, const rails::PayoutRail& rail, std::size_t limit,
                          const Timing& timing, Instant now, const Prove& prove) {
    TakenPayouts taken;
    taken.halt = open_law_halt(tx);
    if (taken.halt) return taken;
    taken.halt = open_halt(tx);
    if (limit == 0) return taken;
    const auto run = runs::current(tx);
    const Taking taking{.rail = rail,
                        .timing = timing,
                        .restored = restore::last_restored(tx),
                        .run = run.number,
                        .now = now,
                        .prove = prove};
    if (taking.restored && taking.restored->open) return taken;
    if (taken.halt && (!taken.halt->lifted_at || is_trying(tx, *taken.halt))) return taken;
    // In a careful run what had gone out before goes alone, and so does what tries.
    if (taken.halt && runs::is_careful(run)) return taken;
    const auto sends_max = runs::is_careful(run) ? 0 : std::numeric_limits<int>::max();
    const auto due = taken.halt
                         ? smallest(tx, now)
                         : ids(tx,
                               "SELECT id FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_QUEUED
                               " AND due_at <= ?1 AND kind <> " LANGO_KIND_TEST
                               " AND sends <= ?3 ORDER BY due_at LIMIT ?2",
                               now, limit, sends_max);
    for (const auto id : due) {
        auto took = store::for_row(id.value(),
                                   [&] { return take_payout(tx, id, taking, taken.set_aside); });
        // What is asked about first tries by its question: others would be questions, too.
        if (taken.halt && (took.payout || took.is_asked)) set_probe(tx, *taken.halt, id);
        if (took.payout) taken.payouts.push_back(std::move(*took.payout));
    }
    LANGO_CHECK(taken.payouts.size() <= limit, "no more is paid out than there is room for");
    LANGO_CHECK(!taken.halt || taken.payouts.size() <= 1, "while payouts stand still, one tries");
    taken.next_due =
        first_instant(tx,
                      "SELECT MIN(due_at) FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_QUEUED
                      " AND due_at IS NOT NULL AND kind <> " LANGO_KIND_TEST " AND sends <= ?1",
                      sends_max);
    // What tries is under way: its end wakes the worker.
    if (taken.halt && !taken.payouts.empty()) taken.next_due.reset();
    return taken;
}

namespace {

// Suspected ones that may be asked about now.
std::vector<WithdrawalId> suspected_questions(store::Reader& reader, const runs::Marks& marks,
                                              const std::optional<Halt>& halted, Instant now) {
    if (asks_nothing(reader, halted)) return {};
    if (only_what_tries(reader, halted, now)) {
        return ids(
            reader,
            "SELECT id FROM withdrawals WHERE id = ?5 AND state IN (" LANGO_WITHDRAWAL_SUBMITTED
            ") AND due_at <= ?1 AND taken_in BETWEEN ?3 AND ?4 LIMIT ?2",
            now, 1, marks.from, marks.to, halted->probe);
    }
    return ids(reader,
               "SELECT id FROM withdrawals WHERE state IN (" LANGO_WITHDRAWAL_ASKED_ABOUT
               ") AND due_at <= ?1 AND taken_in BETWEEN ?3 AND ?4 ORDER BY due_at LIMIT ?2",
               now, 1, marks.from, marks.to);
}

// What has gone out before; while payouts are halted, what tries.
std::vector<WithdrawalId> payouts_for_alone(store::Reader& reader,
                                            const std::optional<Halt>& halted, Instant now) {
    if (!halted) {
        return ids(reader,
                   "SELECT id FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_QUEUED
                   " AND due_at <= ?1 AND kind <> " LANGO_KIND_TEST
                   " AND sends > 0 ORDER BY due_at LIMIT ?2",
                   now, 1);
    }
    if (!halted->lifted_at || is_trying(reader, *halted)) return {};
    return smallest(reader, now);
}

}  // namespace

TakenAlone take_alone(store::Tx& tx, const rails::PayoutRail& rail, bool may_pay,
                      const Timing& timing, Instant now, const Prove& prove) {
    TakenAlone taken;
    const auto run = runs::current(tx);
    if (!runs::is_careful(run)) return taken;
    const auto halted = open_halt(tx);
    const auto begin = [&](WithdrawalId id) {
        runs::begin_alone(tx, {.kind = runs::Kind::withdrawal, .id = id.value()});
    };
    for (const auto id : suspected_questions(tx, runs::suspected(run), halted, now)) {
        auto withdrawal = readable(tx, id, taken.set_aside, now);
        if (!withdrawal) return taken;
        store::for_row(id.value(), [&] {
            if (is_closed(withdrawal->state)) {
                take_failed(tx, *withdrawal, timing, run.number, now);
            } else {
                take_open(tx, *withdrawal, timing, run.number, now);
            }
        });
        taken.question = question_about(tx, *withdrawal, rail.route());
        begin(id);
        return taken;
    }
    const auto restored = restore::last_restored(tx);
    if (!may_pay || (restored && restored->open) || open_law_halt(tx)) return taken;
    for (const auto id : payouts_for_alone(tx, halted, now)) {
        const Taking taking{.rail = rail,
                            .timing = timing,
                            .restored = restored,
                            .run = run.number,
                            .now = now,
                            .prove = prove};
        auto took = store::for_row(id.value(),
                                   [&] { return take_payout(tx, id, taking, taken.set_aside); });
        if (halted && (took.payout || took.is_asked)) set_probe(tx, *halted, id);
        if (!took.payout) continue;
        taken.payout = std::move(took.payout);
        begin(id);
    }
    return taken;
}

std::vector<WithdrawalId> due_tests(store::Reader& reader, std::size_t limit, Instant now) {
    return ids(reader,
               // The plus keeps the index of all that is queued out of it (0017_due_tests.sql).
               "SELECT id FROM withdrawals WHERE kind = " LANGO_KIND_TEST
               " AND due_at <= ?1 AND +state = " LANGO_WITHDRAWAL_QUEUED
               " ORDER BY due_at LIMIT ?2",
               now, limit);
}

void end_earlier_run(store::Tx& tx, const Timing& timing, Instant now) {
    tx.run("UPDATE withdrawals SET due_at = ?1 WHERE state = " LANGO_WITHDRAWAL_SENDING
           " AND due_at > ?1",
           now + timing.ask_after);
    bound_due_times(tx, timing, now);
}

void bound_due_times(store::Tx& tx, const Timing& timing, Instant now) {
    tx.run(
        "UPDATE withdrawals SET due_at = ?1 WHERE due_at > ?2 AND state IN "
        "(" LANGO_WITHDRAWAL_NOT_PAID ")",
        now + timing.ask_after, now + longest_pause(timing));
    tx.run(
        "UPDATE withdrawals SET due_at = ?1 WHERE due_at > ?1 AND state = " LANGO_WITHDRAWAL_QUEUED,
        now + longest_send_pause);
    // When it went out stays as its events tell it.
    tx.run("UPDATE withdrawals SET flags = flags | " LANGO_WITHDRAWAL_FLAG_UNDATED
           " WHERE closed_at IS NULL "
           "AND state IN (" LANGO_WITHDRAWAL_GOING_OUT ") AND sent_at > ?1",
           now + clock_step);
}

TakenQuestions take_questions(store::Tx& tx, const rails::PayoutRoute& now_route, std::size_t limit,
                              const Timing& timing, Instant now) {
    TakenQuestions taken;
    taken.halt = open_questions_halt(tx);
    if (taken.halt) return taken;
    const auto halted = open_halt(tx);
    if (asks_nothing(tx, halted)) return taken;
    const auto run = runs::current(tx);
    const auto suspected = runs::suspected(run);
    const bool only_probe = only_what_tries(tx, halted, now);
    const auto due =
        only_probe
            ? ids(tx,
                  "SELECT w.id FROM withdrawals w JOIN payout_halts h "
                  "ON h.probe_id = w.id WHERE h.ended_at IS NULL AND "
                  "w.state IN (" LANGO_WITHDRAWAL_SUBMITTED
                  ") AND w.due_at <= ?1 AND w.taken_in NOT BETWEEN ?3 AND ?4 LIMIT ?2",
                  now, limit, suspected.from, suspected.to)
            : ids(tx,
                  "SELECT id FROM withdrawals WHERE state IN (" LANGO_WITHDRAWAL_SUBMITTED
                  ") AND due_at <= ?1 AND taken_in NOT BETWEEN ?3 AND ?4 ORDER BY due_at LIMIT ?2",
                  now, limit, suspected.from, suspected.to);
    for (const auto id : due) {
        auto withdrawal = readable(tx, id, taken.set_aside, now);
        if (!withdrawal) continue;
        store::for_row(id.value(), [&] { take_open(tx, *withdrawal, timing, run.number, now); });
        taken.questions.push_back(question_about(tx, *withdrawal, now_route));
    }
    if (only_probe) {
        taken.next_due = first_instant(
            tx,
            "SELECT MIN(w.due_at) FROM withdrawals w JOIN payout_halts h ON h.probe_id = w.id "
            "WHERE h.ended_at IS NULL AND w.state IN (" LANGO_WITHDRAWAL_SUBMITTED
            ") AND w.taken_in NOT BETWEEN ?1 AND ?2",
            suspected.from, suspected.to);
        return taken;
    }
    const auto recheck =
        ids(tx,
            "SELECT id FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_FAILED
            " AND due_at <= ?1 AND taken_in NOT BETWEEN ?3 AND ?4 ORDER BY due_at LIMIT ?2",
            now, limit - std::min(limit, due.size()), suspected.from, suspected.to);
    for (const auto id : recheck) {
        auto withdrawal = readable(tx, id, taken.set_aside, now);
        if (!withdrawal) continue;
        store::for_row(id.value(), [&] { take_failed(tx, *withdrawal, timing, run.number, now); });
        taken.questions.push_back(question_about(tx, *withdrawal, now_route));
    }
    LANGO_CHECK(taken.questions.size() <= limit, "no more is asked about than there is room for");
    for (const int state : {3, 4, 5, 7}) {
        taken.next_due =
            earliest(taken.next_due,
                     first_instant(tx,
                                   "SELECT MIN(due_at) FROM withdrawals WHERE state = ?3 "
                                   "AND due_at IS NOT NULL AND taken_in NOT BETWEEN ?1 AND ?2",
                                   suspected.from, suspected.to, state));
    }
    return taken;
}

}  // namespace lango::withdrawals
