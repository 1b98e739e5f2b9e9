#include "withdrawals/halt.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "store/words.hpp"

namespace lango::withdrawals {

namespace {

using rails::Halts;

// 3 is Halts::questions.
#define LANGO_OPEN_HALT                                                                     \
    "SELECT number, began_at, withdrawal_id, code, description, what, lifted_at, probe_id " \
    "FROM payout_halts WHERE ended_at IS NULL AND "
// Of what the rail has said: all but law_code.
#define LANGO_OF_THE_RAIL "code <> 'broken law' "

Halt from_row(const store::Row& row) {
    return Halt{.number = row.integer(0),
                .what = static_cast<Halts>(row.integer(5)),
                .began_at = row.instant(1),
                .withdrawal = WithdrawalId{row.integer(2)},
                .code = row.string(3),
                .description = row.string(4),
                .lifted_at = row.is_null(6) ? std::nullopt : std::optional{row.instant(6)},
                .probe = WithdrawalId{row.integer(7)}};
}

std::optional<Instant> last_lifted(store::Reader& reader) {
    return reader.first(
        "SELECT lifted_at FROM payout_halts WHERE lifted_at IS NOT NULL AND " LANGO_OF_THE_RAIL
        "ORDER BY lifted_at DESC LIMIT 1",
        [](const store::Row& row) { return row.instant(0); });
}

void begin(store::Tx& tx, Halts what, const HaltCause& cause, Instant now) {
    LANGO_CHECK(what != Halts::nothing, "a halt stops something");
    const auto begun = tx.run(
        "INSERT INTO payout_halts (number, began_at, withdrawal_id, code, description, what, "
        "ended_by) SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?5, '' FROM payout_halts",
        now, cause.withdrawal, cause.code, cause.description, what);
    LANGO_CHECK(begun == 1, "a halt is one row");
}

}  // namespace

std::optional<Halt> open_halt(store::Reader& reader) {
    return reader.first(LANGO_OPEN_HALT LANGO_OF_THE_RAIL "AND what <> " LANGO_HALTS_QUESTIONS
                                                          " ORDER BY number DESC LIMIT 1",
                        from_row);
}

std::optional<Halt> open_questions_halt(store::Reader& reader) {
    return reader.first(
        LANGO_OPEN_HALT "what = " LANGO_HALTS_QUESTIONS " ORDER BY number DESC LIMIT 1", from_row);
}

void halt(store::Tx& tx, Halts what, const HaltCause& cause, Instant now) {
    if (what == Halts::nothing) return;
    // Lifted by a clock that was ahead: nobody knows when, and one halt more is the lesser evil.
    const auto lifted = last_lifted(tx);
    if (lifted && cause.sent_at < *lifted && !lies_ahead(*lifted, now)) return;
    if (what == Halts::questions) {
        if (!open_questions_halt(tx)) begin(tx, what, cause, now);
        return;
    }
    const auto open = open_halt(tx);
    if (open && open->lifted_at) {
        tx.run("UPDATE payout_halts SET ended_at = ?2 WHERE number = ?1", open->number, now);
    } else if (open) {
        if (open->what >= what) return;
        tx.run(
            "UPDATE payout_halts SET what = ?2, withdrawal_id = ?3, code = ?4, "
            "description = ?5 WHERE number = ?1",
            open->number, what, cause.withdrawal, cause.code, cause.description);
        return;
    }
    begin(tx, what, cause, now);
}

std::string halt_code(store::Reader& reader) {
    std::string text;
    const auto add = [&](const std::string& part) {
        text += std::to_string(part.size()) + ":" + part;
    };
    for (const auto& halt : {open_halt(reader), open_questions_halt(reader)}) {
        if (!halt) continue;
        for (const auto number :
             {halt->number, static_cast<std::int64_t>(halt->what), halt->withdrawal.value(),
              halt->lifted_at ? to_micros(*halt->lifted_at) : 0, halt->probe.value()}) {
            add(std::to_string(number));
        }
        add(halt->code);
        add(halt->description);
    }
    return text.empty() ? text : crypto::hex(crypto::view(crypto::sha256(text))).substr(0, 16);
}

bool lift_halt(store::Tx& tx, std::string_view who, Instant now) {
    const auto questions = tx.run(
        "UPDATE payout_halts SET lifted_at = ?1, ended_at = ?1, ended_by = ?2 "
        "WHERE ended_at IS NULL AND what = " LANGO_HALTS_QUESTIONS,
        now, who);
    const auto payouts = tx.run(
        "UPDATE payout_halts SET lifted_at = ?1, ended_by = ?2, probe_id = 0 "
        "WHERE ended_at IS NULL AND what <> " LANGO_HALTS_QUESTIONS " AND " LANGO_OF_THE_RAIL,
        now, who);
    return questions + payouts > 0;
}

void set_probe(store::Tx& tx, const Halt& halt, WithdrawalId probe) {
    LANGO_CHECK(halt.lifted_at && probe.value() > 0, "a payout tries when a halt is lifted");
    const auto set =
        tx.run("UPDATE payout_halts SET probe_id = ?2 WHERE number = ?1", halt.number, probe);
    LANGO_CHECK(set == 1, "what tries is known to its halt");
}

void end_halt_tried(store::Tx& tx, WithdrawalId paid, Instant sent_at, Instant now) {
    // The clock may have been ahead when it was lifted, or when an old one went out: what tries is
    // known by itself.
    tx.run(
        "UPDATE payout_halts SET ended_at = ?1 WHERE ended_at IS NULL AND what "
        "<> " LANGO_HALTS_QUESTIONS
        " AND "
        "((lifted_at <= ?2 AND ?2 <= ?1) OR (lifted_at IS NOT NULL AND probe_id = ?3)) "
        "AND " LANGO_OF_THE_RAIL,
        now, sent_at, paid);
}

std::optional<Halt> open_law_halt(store::Reader& reader) {
    return reader.first(LANGO_OPEN_HALT "code = ?1 ORDER BY number DESC LIMIT 1", from_row,
                        std::string_view{law_code});
}

void halt_for_law(store::Tx& tx, std::string_view why, Instant now) {
    if (open_law_halt(tx)) return;
    begin(tx, Halts::payouts,
          {.withdrawal = WithdrawalId{0}, .sent_at = now, .code = law_code, .description = why},
          now);
}

void end_law_halt(store::Tx& tx, std::string_view who, Instant now) {
    tx.run(
        "UPDATE payout_halts SET lifted_at = ?1, ended_at = ?1, ended_by = ?2 "
        "WHERE ended_at IS NULL AND code = ?3",
        now, who, std::string_view{law_code});
}

}  // namespace lango::withdrawals
