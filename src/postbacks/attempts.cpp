#include "postbacks/attempts.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "restore/restoration.hpp"
#include "store/columns.hpp"
#include "store/errors.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"

namespace lango::postbacks {

namespace {

using store::Column;
template <store::Text RatesId, store::Text Amount, store::Text Currency, store::Text Head,
          store::Text Tail>
using RowsOf = store::Table<
    Waiting, "postbacks", Column<"id", &Waiting::id>, Column<"merchant_id", &Waiting::merchant>,
    Column<"attempts", &Waiting::attempts>, Column<"created_at", &Waiting::created_at>,
    Column<"first_attempt_at", &Waiting::first_attempt_at, store::NullIfEmpty>,
    Column<RatesId, &Waiting::rates_id>, Column<Currency, &Waiting::amount, store::CurrencyOf>,
    Column<Amount, &Waiting::amount, store::MinorOf<Currency>>, Column<Head, &Waiting::head>,
    Column<Tail, &Waiting::tail>, Column<"digest", &Waiting::digest, store::Bytes>,
    Column<"due_at", &Waiting::due_at>>;
using Rows = RowsOf<"rates_id", "amount", "currency", "head", "tail">;
using EventRows = RowsOf<"0", "0 AS amount", "'KES'", "body", "''">;

Waiting from_row(const store::Row& row) {
    if (!Currency::parse(row.text(Rows::place<"currency">()))) {
        throw Unsound{"its currency is none"};
    }
    Waiting waiting;
    Rows::read(row, waiting);
    return waiting;
}

void take(store::Tx& tx, PostbackId id, bool is_event, Instant until, std::int64_t run) {
    const auto taken =
        is_event ? tx.run("UPDATE webhook_events SET due_at = ?2, taken_in = ?3 WHERE id = ?1", id,
                          until, run)
                 : tx.run("UPDATE postbacks SET due_at = ?2, taken_in = ?3 WHERE id = ?1", id,
                          until, run);
    LANGO_CHECK(taken == 1, "what is taken has a row");
}

bool is_event(const Waiting& message) { return message.rates_id == event_rates; }

// One bad row keeps nobody else's back.
void read(const store::Row& row, Taken& taken) {
    try {
        taken.messages.push_back(from_row(row));
    } catch (const Unsound& unsound) {
        taken.unsendable.push_back(
            {.id = PostbackId{row.integer(Rows::place<"id">())},
             .created_at = row.instant(Rows::place<"created_at">()),
             .is_event = row.integer(Rows::place<"rates_id">()) == event_rates,
             .why = unsound.what()});
    }
}

}  // namespace

Taken take_due(store::Tx& tx, MerchantId merchant, std::size_t limit, Instant now, Duration lease) {
    Taken taken;
    LANGO_CHECK(lease > Duration::zero(), "who takes a message has time to send it");
    // Of payments that stood in an older backup: the merchant may have been told since.
    const auto held_below = restore::held_below(tx);
    const auto run = runs::current(tx);
    const auto suspected = runs::suspected(run);
    tx.each(
        Rows::select<"FROM postbacks WHERE merchant_id = ?1 AND due_at <= ?2 "
                     "AND subject_id >= ?4 AND taken_in NOT BETWEEN ?5 AND ?6 UNION ALL "
                     "SELECT # FROM webhook_events WHERE merchant_id = ?1 AND due_at <= ?2 "
                     "AND id >= ?4 AND taken_in NOT BETWEEN ?5 AND ?6 "
                     "ORDER BY due_at LIMIT ?3",
                     EventRows>,
        [&](const store::Row& row) { read(row, taken); }, merchant, now,
        static_cast<std::int64_t>(limit), held_below, suspected.from, suspected.to);
    LANGO_CHECK(taken.messages.size() + taken.unsendable.size() <= limit,
                "no more is taken than there is room for");
    for (const auto& message : taken.messages) {
        LANGO_CHECK(message.merchant == merchant, "a merchant is sent what is his own");
        take(tx, message.id, is_event(message), now + lease, run.number);
    }
    for (const auto& message : taken.unsendable) {
        take(tx, message.id, message.is_event, now + lease, run.number);
    }
    tx.each(
        "SELECT MIN(at) FROM (SELECT MIN(due_at) AS at FROM postbacks WHERE merchant_id = ?1 "
        "AND due_at IS NOT NULL AND subject_id >= ?2 AND taken_in NOT BETWEEN ?3 AND ?4 "
        "UNION ALL SELECT MIN(due_at) FROM webhook_events "
        "WHERE merchant_id = ?1 AND due_at IS NOT NULL AND id >= ?2 "
        "AND taken_in NOT BETWEEN ?3 AND ?4)",
        [&](const store::Row& row) {
            if (!row.is_null(0)) taken.next_due = row.instant(0);
        },
        merchant, held_below, suspected.from, suspected.to);
    return taken;
}

std::vector<Suspect> suspects(store::Reader& reader, MerchantId merchant) {
    std::vector<Suspect> found;
    const auto marks = runs::suspected(runs::current(reader));
    if (marks.from > marks.to) return found;
    // What was in flight is due: of all rows only those that wait are looked at.
    reader.each(
        "SELECT " LANGO_SET_ASIDE_POSTBACK
        ", subject_id, due_at FROM postbacks WHERE merchant_id = ?3 AND due_at IS NOT NULL AND "
        "taken_in BETWEEN ?1 AND ?2 UNION ALL "
        "SELECT " LANGO_SET_ASIDE_EVENT
        ", id, due_at FROM webhook_events WHERE merchant_id = ?3 "
        "AND due_at IS NOT NULL AND taken_in BETWEEN ?1 AND ?2",
        [&](const store::Row& row) {
            found.push_back(
                {.subject = {.kind = static_cast<runs::Kind>(row.integer(0)), .id = row.integer(1)},
                 .merchant = merchant,
                 .due_at = row.instant(2)});
        },
        marks.from, marks.to, merchant);
    return found;
}

std::optional<Waiting> take_alone(store::Tx& tx, const Suspect& suspect, Instant now,
                                  Duration lease) {
    const auto run = runs::current(tx);
    const auto marks = runs::suspected(run);
    if (suspect.subject.id < restore::held_below(tx)) return std::nullopt;
    auto found = suspect.subject.kind == runs::Kind::event
                     ? tx.first(EventRows::select<"FROM webhook_events WHERE id = ?1 "
                                                  "AND due_at IS NOT NULL "
                                                  "AND taken_in BETWEEN ?2 AND ?3">,
                                from_row, suspect.subject.id, marks.from, marks.to)
                     : tx.first(Rows::select<"FROM postbacks WHERE subject_id = ?1 "
                                             "AND due_at IS NOT NULL "
                                             "AND taken_in BETWEEN ?2 AND ?3">,
                                from_row, suspect.subject.id, marks.from, marks.to);
    if (!found) return found;
    LANGO_CHECK(found->merchant == suspect.merchant, "a merchant is sent what is his own");
    take(tx, found->id, is_event(*found), now + lease, run.number);
    runs::begin_alone(tx, suspect.subject);
    found->alone = true;
    return found;
}

bool set_aside_died(store::Tx& tx, runs::Subject subject, std::int64_t run, Instant now) {
    LANGO_CHECK(run > 0, "a run that died has a number");
    const auto write = [&](store::Sql message, store::Sql attempt) {
        if (tx.run(message, subject.id, run, now) == 0) return false;
        const auto told = tx.run(attempt, subject.id, now, AttemptOutcome::gateway_died,
                                 "the gateway died while this went alone: set aside");
        LANGO_CHECK(told == 1, "what died is told as an attempt");
        runs::set_aside(tx, subject, run, now);
        return true;
    };
    if (subject.kind == runs::Kind::event) {
        return write(
            "UPDATE webhook_events SET due_at = NULL, taken_in = 0, attempts = attempts + 1, "
            "first_attempt_at = COALESCE(first_attempt_at, ?3) WHERE id = ?1 AND taken_in = ?2",
            "INSERT INTO webhook_event_attempts (event_id, number, at, took, outcome, status, "
            "answer) SELECT id, attempts, ?2, 0, ?3, 0, ?4 FROM webhook_events WHERE id = ?1");
    }
    return write(
        "UPDATE postbacks SET due_at = NULL, taken_in = 0, attempts = attempts + 1, "
        "first_attempt_at = COALESCE(first_attempt_at, ?3) WHERE subject_id = ?1 "
        "AND taken_in = ?2",
        "INSERT INTO postback_attempts (postback_id, number, at, took, outcome, status, answer) "
        "SELECT id, attempts, ?2, 0, ?3, 0, ?4 FROM postbacks WHERE subject_id = ?1");
}

namespace {

struct Before {
    State state;
    int attempts;
    std::optional<std::int64_t> first;
};

Before before_of(const store::Row& row) {
    return {.state = static_cast<State>(row.integer(0)),
            .attempts = static_cast<int>(row.integer(1)),
            .first = row.maybe_integer(2)};
}

}  // namespace

Next record(store::Tx& tx, const Attempt& attempt, const merchants::PostbackSchedule& schedule,
            std::uint64_t random) {
    auto before = tx.first("SELECT state, attempts, first_attempt_at FROM postbacks WHERE id = ?1",
                           before_of, attempt.id);
    const bool is_event = !before;
    if (is_event) {
        before =
            tx.first("SELECT state, attempts, first_attempt_at FROM webhook_events WHERE id = ?1",
                     before_of, attempt.id);
    }
    LANGO_REQUIRE(before);
    const int number = before->attempts + 1;
    LANGO_CHECK(number >= 1, "attempts are counted from 1");
    const auto first = before->first ? from_micros(*before->first) : attempt.at;
    const auto ended = attempt.at + attempt.took;

    auto state = before->state;
    std::optional<Instant> due;
    if (attempt.outcome == AttemptOutcome::delivered) {
        state = State::delivered;
    } else if (state != State::delivered) {
        // Bytes that are not the signed ones are a person's matter, not the merchant's.
        due = attempt.outcome == AttemptOutcome::bytes_changed
                  ? std::optional{ended + std::chrono::hours{1}}
                  : next_attempt(schedule, number, first, ended, random);
        state = due ? State::waiting : State::exhausted;
    }
    LANGO_CHECK(due.has_value() == (state == State::waiting),
                "what waits is due some time, and nothing else");
    const auto write = [&](store::Sql attempts, store::Sql messages) {
        const auto told = tx.run(attempts, attempt.id, number, attempt.at, attempt.took.count(),
                                 attempt.outcome, attempt.status, attempt.answer);
        LANGO_CHECK(told == 1, "an attempt is recorded once");
        const auto changed = tx.run(messages, attempt.id, state, number, due, first);
        LANGO_CHECK(changed == 1, "an attempt is at a message that has a row");
    };
    if (is_event) {
        write(
            "INSERT INTO webhook_event_attempts (event_id, number, at, took, outcome, status, "
            "answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            "UPDATE webhook_events SET state = ?2, attempts = ?3, due_at = ?4, "
            "first_attempt_at = ?5, taken_in = 0 WHERE id = ?1");
    } else {
        write(
            "INSERT INTO postback_attempts (postback_id, number, at, took, outcome, status, "
            "answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            "UPDATE postbacks SET state = ?2, attempts = ?3, due_at = ?4, first_attempt_at = ?5, "
            "taken_in = 0 WHERE id = ?1");
    }
    if (attempt.alone) runs::end_alone(tx);
    return {.state = state, .due = due};
}

void void_leases(store::Tx& tx, Instant now) {
    tx.run("UPDATE postbacks SET due_at = ?1 WHERE due_at > ?1 AND attempts = 0", now);
    tx.run("UPDATE webhook_events SET due_at = ?1 WHERE due_at > ?1 AND attempts = 0", now);
}

void bound_due_times(store::Tx& tx, MerchantId merchant,
                     const merchants::PostbackSchedule& schedule, Duration lease, Instant now) {
    const auto bound = [&](std::size_t from, std::size_t to, Duration longest) {
        const auto write = [&](store::Sql sql) {
            tx.run(sql, merchant, now + std::max(longest, lease), static_cast<std::int64_t>(from),
                   static_cast<std::int64_t>(to), now + lease);
        };
        write(
            "UPDATE postbacks SET due_at = ?5 WHERE merchant_id = ?1 AND due_at > ?2 "
            "AND attempts BETWEEN ?3 AND ?4");
        write(
            "UPDATE webhook_events SET due_at = ?5 WHERE merchant_id = ?1 AND due_at > ?2 "
            "AND attempts BETWEEN ?3 AND ?4");
    };
    bound(0, 0, lease);
    for (std::size_t nth = 0; nth < schedule.pauses.size(); ++nth) {
        const bool is_last = nth + 1 == schedule.pauses.size();
        bound(nth + 1, is_last ? std::numeric_limits<std::int32_t>::max() : nth + 1,
              longest_pause(schedule, nth));
    }
}

std::optional<MerchantId> resend(store::Tx& tx, std::int64_t subject_id, Instant now) {
    tx.run("UPDATE postbacks SET state = CASE WHEN state = " LANGO_POSTBACK_DELIVERED
           " THEN " LANGO_POSTBACK_DELIVERED " ELSE " LANGO_POSTBACK_WAITING
           " END, due_at = ?2 WHERE subject_id = ?1",
           subject_id, now);
    tx.run("UPDATE webhook_events SET state = CASE WHEN state = " LANGO_POSTBACK_DELIVERED
           " THEN " LANGO_POSTBACK_DELIVERED " ELSE " LANGO_POSTBACK_WAITING
           " END, due_at = ?2 WHERE id = ?1",
           subject_id, now);
    runs::take_back(tx, {.kind = runs::Kind::postback, .id = subject_id});
    runs::take_back(tx, {.kind = runs::Kind::event, .id = subject_id});
    return tx.first(
        "SELECT merchant_id FROM postbacks WHERE subject_id = ?1 UNION ALL "
        "SELECT merchant_id FROM webhook_events WHERE id = ?1",
        [](const store::Row& row) { return MerchantId{row.integer(0)}; }, subject_id);
}

std::vector<Exhausted> exhausted(store::Reader& reader, std::size_t limit) {
    std::vector<Exhausted> found;
    reader.each(
        "SELECT subject_id, merchant_id, attempts, created_at FROM postbacks WHERE "
        "state = " LANGO_POSTBACK_EXHAUSTED
        " UNION ALL SELECT id, merchant_id, attempts, created_at FROM webhook_events WHERE state "
        "= " LANGO_POSTBACK_EXHAUSTED " ORDER BY created_at LIMIT ?1",
        [&](const store::Row& row) {
            found.push_back({.subject_id = row.integer(0),
                             .merchant = MerchantId{row.integer(1)},
                             .attempts = static_cast<int>(row.integer(2)),
                             .created_at = row.instant(3)});
        },
        static_cast<std::int64_t>(limit));
    return found;
}

std::optional<Told> told(store::Reader& reader, std::int64_t subject_id) {
    auto found = reader.first(
        "SELECT id, state, due_at FROM postbacks WHERE subject_id = ?1 UNION ALL "
        "SELECT id, state, due_at FROM webhook_events WHERE id = ?1 LIMIT 1",
        [](const store::Row& row) {
            return Told{.id = PostbackId{row.integer(0)},
                        .state = static_cast<State>(row.integer(1)),
                        .due_at = row.is_null(2) ? std::nullopt : std::optional{row.instant(2)},
                        .attempts = {}};
        },
        subject_id);
    if (!found) return found;
    reader.each(
        "SELECT at, took, outcome, status, answer, number FROM postback_attempts "
        "WHERE postback_id = ?1 UNION ALL "
        "SELECT at, took, outcome, status, answer, number FROM webhook_event_attempts "
        "WHERE event_id = ?1 ORDER BY number",
        [&](const store::Row& row) {
            found->attempts.push_back({.id = found->id,
                                       .at = row.instant(0),
                                       .took = Duration{row.integer(1)},
                                       .outcome = static_cast<AttemptOutcome>(row.integer(2)),
                                       .status = static_cast<int>(row.integer(3)),
                                       .answer = row.string(4)});
        },
        found->id);
    return found;
}

std::string_view name(AttemptOutcome outcome) {
    switch (outcome) {
        case AttemptOutcome::delivered:
            return "delivered";
        case AttemptOutcome::wrong_answer:
            return "wrong_answer";
        case AttemptOutcome::no_answer:
            return "no_answer";
        case AttemptOutcome::address_refused:
            return "address_refused";
        case AttemptOutcome::bytes_changed:
            return "bytes_changed";
        case AttemptOutcome::gateway_died:
            return "gateway_died";
    }
    return "no_answer";
}

std::string_view name(State state) {
    switch (state) {
        case State::waiting:
            return "waiting";
        case State::delivered:
            return "delivered";
        case State::exhausted:
            return "exhausted";
    }
    return "waiting";
}

Backlog backlog(store::Reader& reader) {
    Backlog found;
    reader.each(
        "SELECT SUM(count), MIN(due) FROM (SELECT COUNT(*) AS count, MIN(due_at) AS due "
        "FROM postbacks WHERE due_at IS NOT NULL UNION ALL SELECT COUNT(*), MIN(due_at) "
        "FROM webhook_events WHERE due_at IS NOT NULL)",
        [&](const store::Row& row) {
            found.waiting = row.integer(0);
            if (!row.is_null(1)) found.oldest_due = row.instant(1);
        });
    reader.each("SELECT (SELECT COUNT(*) FROM postbacks WHERE state = " LANGO_POSTBACK_EXHAUSTED
                ") + (SELECT COUNT(*) FROM webhook_events WHERE state = " LANGO_POSTBACK_EXHAUSTED
                ")",
                [&](const store::Row& row) { found.exhausted = row.integer(0); });
    return found;
}

}  // namespace lango::postbacks
