#include "withdrawals/take.hpp"

#include <algorithm>

#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

std::vector<WithdrawalId> ids(store::Reader& reader, store::Sql sql, Instant now,
                              std::size_t limit) {
    std::vector<WithdrawalId> found;
    reader.each(
        sql, [&](const store::Row& row) { found.emplace_back(row.integer(0)); }, now,
        static_cast<std::int64_t>(limit));
    return found;
}

std::optional<Instant> first_instant(store::Reader& reader, store::Sql sql) {
    std::optional<Instant> at;
    reader.each(sql, [&](const store::Row& row) {
        if (!row.is_null(0)) at = row.instant(0);
    });
    return at;
}

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
    if (!a) return b;
    if (!b) return a;
    return std::min(*a, *b);
}

void schedule_question(store::Tx& tx, Withdrawal& withdrawal, const Timing& timing, Instant now) {
    ++withdrawal.tries;
    withdrawal.due_at = next_question(
        withdrawal.tries, withdrawal.sent_at.value_or(withdrawal.created_at), timing, now);
    if (withdrawal.due_at) {
        save(tx, withdrawal);
        return;
    }
    withdrawal.flags |= Flag::attention;
    note(tx, withdrawal, EventKind::needs_person, now, "");
}

}  // namespace

TakenPayouts take_payouts(store::Tx& tx, std::size_t limit, const Timing& timing, Instant now) {
    TakenPayouts taken;
    taken.halt = open_halt(tx);
    if (taken.halt) return taken;
    const auto due = ids(tx,
                         "SELECT id FROM withdrawals WHERE state = 2 AND due_at <= ?1 "
                         "AND kind <> 3 ORDER BY due_at LIMIT ?2",
                         now, limit);
    for (const auto id : due) {
        auto withdrawal = find(tx, id);
        withdrawal->sent_at = now;
        ++withdrawal->sends;
        withdrawal->due_at = now + timing.pay_timeout;
        become(tx, *withdrawal, State::sending, EventKind::sending, now, "");
        taken.payouts.push_back({.withdrawal = id,
                                 .phone = withdrawal->phone,
                                 .amount = withdrawal->amount,
                                 .reverses = reversal_of(tx, *withdrawal)});
    }
    taken.next_due = first_instant(
        tx,
        "SELECT MIN(due_at) FROM withdrawals WHERE state = 2 AND due_at IS NOT NULL AND kind <> 3");
    return taken;
}

std::vector<WithdrawalId> due_tests(store::Reader& reader, std::size_t limit, Instant now) {
    return ids(reader,
               // The plus keeps the index of all that is queued out of it (0017_due_tests.sql).
               "SELECT id FROM withdrawals WHERE kind = 3 AND due_at <= ?1 AND +state = 2 "
               "ORDER BY due_at LIMIT ?2",
               now, limit);
}

TakenQuestions take_questions(store::Tx& tx, std::size_t limit, const Timing& timing, Instant now) {
    TakenQuestions taken;
    if (const auto halted = open_halt(tx); halted && halted->what == rails::Halts::everything) {
        return taken;
    }
    const auto due = ids(tx,
                         "SELECT id FROM withdrawals WHERE state IN (3, 4, 5) AND due_at <= ?1 "
                         "ORDER BY due_at LIMIT ?2",
                         now, limit);
    for (const auto id : due) {
        auto withdrawal = find(tx, id);
        if (withdrawal->state == State::sending) {
            withdrawal->tries = 0;
            become(tx, *withdrawal, State::unknown, EventKind::unanswered, now, "not recorded");
        }
        schedule_question(tx, *withdrawal, timing, now);
        taken.questions.push_back({.withdrawal = id,
                                   .conversation_id = withdrawal->conversation_id,
                                   .reverses = reversal_of(tx, *withdrawal)});
    }
    for (const auto state :
         {store::Sql{"SELECT MIN(due_at) FROM withdrawals WHERE state = 3 AND due_at IS NOT NULL"},
          store::Sql{"SELECT MIN(due_at) FROM withdrawals WHERE state = 4 AND due_at IS NOT NULL"},
          store::Sql{
              "SELECT MIN(due_at) FROM withdrawals WHERE state = 5 AND due_at IS NOT NULL"}}) {
        taken.next_due = earliest(taken.next_due, first_instant(tx, state));
    }
    return taken;
}

}  // namespace lango::withdrawals
