#include "withdrawals/withdrawal.hpp"

#include "base/result.hpp"
#include "base/trim.hpp"
#include "ledger/ledger.hpp"
#include "runs/run.hpp"
#include "store/words.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

#define LANGO_WITHDRAWAL_COLUMNS                                                           \
    "id, merchant_id, withdrawal_id, label, phone, amount, fee, currency, comment, kind, " \
    "state, events, sends, tries, not_found, due_at, sent_at, conversation_id, receipt, "  \
    "result_code, flags, created_at, closed_at, created_by, shortcode, knows_repeats, "    \
    "not_found_by, originator_conversation_id, payout_id"

std::optional<Instant> maybe_instant(const store::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.instant(column);
}

std::string text_or_empty(const store::Row& row, int column) {
    return row.is_null(column) ? std::string{} : row.string(column);
}

std::optional<rails::PayoutRoute> maybe_route(const store::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return rails::PayoutRoute{.shortcode = row.integer(column),
                              .knows_repeats = row.integer(column + 1) != 0};
}

// Below zero: masked (src/privacy).
std::optional<Msisdn> phone_of(std::int64_t number) {
    if (number < 0) return Msisdn::from_number(number);
    return Msisdn::parse(std::to_string(number));
}

Withdrawal from_row(const store::Row& row) {
    const auto currency = Currency::parse(row.text(7));
    const auto phone = phone_of(row.integer(4));
    if (!currency) throw Unreadable{"its currency is none"};
    if (!phone) throw Unreadable{"its account number is no phone"};
    const auto state = row.integer(10);
    if (state < static_cast<int>(State::waiting) || state > static_cast<int>(State::failed)) {
        throw Unreadable{"its state is none"};
    }
    return Withdrawal{
        .id = WithdrawalId{row.integer(0)},
        .merchant = MerchantId{row.integer(1)},
        .withdrawal_id = row.string(2),
        .payout_id = row.string(28),
        .label = row.string(3),
        .phone = *phone,
        .amount = Money{row.integer(5), *currency},
        .fee = Money{row.integer(6), *currency},
        .comment = row.string(8),
        .kind = static_cast<Kind>(row.integer(9)),
        .state = static_cast<State>(state),
        .events = static_cast<int>(row.integer(11)),
        .sends = static_cast<int>(row.integer(12)),
        .tries = static_cast<int>(row.integer(13)),
        .not_found = static_cast<int>(row.integer(14)),
        .due_at = maybe_instant(row, 15),
        .sent_at = maybe_instant(row, 16),
        .conversation_id = text_or_empty(row, 17),
        .originator_conversation_id = text_or_empty(row, 27),
        .receipt = text_or_empty(row, 18),
        .result_code = text_or_empty(row, 19),
        .flags = row.integer(20),
        .created_at = row.instant(21),
        .closed_at = maybe_instant(row, 22),
        .created_by = row.string(23),
        .route = maybe_route(row, 24),
        .not_found_by = row.string(26),
    };
}

std::optional<std::string_view> null_if_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return std::string_view{text};
}

void append_event(store::Tx& tx, Withdrawal& withdrawal, EventKind kind, Instant now,
                  std::string_view detail) {
    ++withdrawal.events;
    tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        withdrawal.id, withdrawal.events, now, withdrawal.state, kind, detail);
}

}  // namespace

ledger::AccountRef merchant_account(MerchantId merchant) {
    return {.kind = ledger::AccountKind::merchant, .owner = merchant.value()};
}

bool has_no_date(const Withdrawal& withdrawal, Instant now) {
    return withdrawal.has(Flag::undated) ||
           (withdrawal.sent_at && lies_ahead(*withdrawal.sent_at, now));
}

std::optional<Withdrawal> find(store::Reader& reader, WithdrawalId id) {
    return reader.first("SELECT " LANGO_WITHDRAWAL_COLUMNS " FROM withdrawals WHERE id = ?1",
                        from_row, id);
}

std::optional<Withdrawal> find_by_payout_id(store::Reader& reader, std::string_view payout_id) {
    return reader.first("SELECT " LANGO_WITHDRAWAL_COLUMNS
                        " FROM (SELECT * FROM withdrawals ORDER BY id DESC LIMIT 200000) "
                        "WHERE payout_id = ?1",
                        from_row, payout_id);
}

std::optional<Withdrawal> find(store::Reader& reader, MerchantId merchant,
                               std::string_view withdrawal_id) {
    const auto told = [&](std::string_view text) {
        return reader.first("SELECT " LANGO_WITHDRAWAL_COLUMNS
                            " FROM withdrawals WHERE merchant_id = ?1 AND withdrawal_id = ?2",
                            from_row, merchant, text);
    };
    auto found = told(withdrawal_id);
    const auto text = trimmed(withdrawal_id);
    if (!found && text != withdrawal_id) found = told(text);
    if (found) return found;
    return reader.first("SELECT " LANGO_WITHDRAWAL_COLUMNS
                        " FROM withdrawals WHERE id = (SELECT MIN(id) FROM untrimmed_ids "
                        "WHERE kind = " LANGO_UNTRIMMED_WITHDRAWAL
                        " AND merchant_id = ?1 AND trimmed = ?2)",
                        from_row, merchant, text);
}

void save(store::Tx& tx, const Withdrawal& withdrawal) {
    const auto changed = tx.run(
        // What is set aside is due no more, whatever the rail says of it.
        "UPDATE withdrawals SET state = ?2, events = ?3, sends = ?4, tries = ?5, not_found = ?6, "
        "due_at = IIF(?7 IS NOT NULL AND EXISTS (SELECT 1 FROM set_aside WHERE kind "
        "= " LANGO_SET_ASIDE_WITHDRAWAL
        " AND id = ?1), NULL, ?7), sent_at = ?8, conversation_id = ?9, receipt = ?10, result_code "
        "= "
        "?11, "
        "flags = ?12, closed_at = ?13, shortcode = ?14, knows_repeats = ?15, not_found_by = ?16, "
        "originator_conversation_id = ?17, taken_in = ?18 "
        "WHERE id = ?1",
        withdrawal.id, withdrawal.state, withdrawal.events, withdrawal.sends, withdrawal.tries,
        withdrawal.not_found, withdrawal.due_at, withdrawal.sent_at,
        null_if_empty(withdrawal.conversation_id), null_if_empty(withdrawal.receipt),
        null_if_empty(withdrawal.result_code), withdrawal.flags, withdrawal.closed_at,
        withdrawal.route ? std::optional{withdrawal.route->shortcode} : std::nullopt,
        withdrawal.route ? std::optional{withdrawal.route->knows_repeats ? 1 : 0} : std::nullopt,
        withdrawal.not_found_by, null_if_empty(withdrawal.originator_conversation_id),
        withdrawal.taken_in);
    LANGO_ASSERT(changed == 1);
}

void set_aside(store::Tx& tx, WithdrawalId id, std::string_view why, Instant now) {
    tx.run("UPDATE withdrawals SET flags = flags | " LANGO_WITHDRAWAL_FLAG_ATTENTION
           ", due_at = NULL, events = events + 1, taken_in = 0 WHERE id = ?1",
           id);
    tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, ?4 FROM withdrawals WHERE id = ?1",
        id, now, EventKind::needs_person, why);
}

bool set_aside_died(store::Tx& tx, WithdrawalId id, std::int64_t run, Instant now) {
    const auto in_flight = tx.first(
        "SELECT 1 FROM withdrawals WHERE id = ?1 AND taken_in = ?2",
        [](const store::Row&) { return true; }, id, run);
    if (!in_flight) return false;
    set_aside(tx, id, "the gateway died while this went alone: set aside", now);
    runs::set_aside(tx, {.kind = runs::Kind::withdrawal, .id = id.value()}, run, now);
    return true;
}

bool try_again(store::Tx& tx, WithdrawalId id, std::string_view who, Instant now) {
    if (!runs::take_back(tx, {.kind = runs::Kind::withdrawal, .id = id.value()})) return false;
    auto withdrawal = find(tx, id);
    LANGO_REQUIRE(withdrawal);
    // What has come to its end meanwhile needs no more.
    if (!is_closed(withdrawal->state)) withdrawal->due_at = now;
    note(tx, *withdrawal, EventKind::tried_again, now, who);
    return true;
}

void become(store::Tx& tx, Withdrawal& withdrawal, State state, EventKind kind, Instant now,
            std::string_view detail) {
    LANGO_ASSERT(may_become(withdrawal.state, state));
    withdrawal.state = state;
    withdrawal.closed_at = is_closed(state) ? std::optional{now} : std::nullopt;
    append_event(tx, withdrawal, kind, now, detail);
    // It is over, and nothing to alarm anybody with.
    if (is_closed(state)) {
        runs::take_back(tx, {.kind = runs::Kind::withdrawal, .id = withdrawal.id.value()});
        ledger::touch(tx, withdrawal.id.value());
    }
    save(tx, withdrawal);
}

void note(store::Tx& tx, Withdrawal& withdrawal, EventKind kind, Instant now,
          std::string_view detail) {
    append_event(tx, withdrawal, kind, now, detail);
    save(tx, withdrawal);
}

bool keep_message(store::Tx& tx, WithdrawalId withdrawal, RailMessageKind kind, Instant now,
                  std::string_view body, int at_most) {
    return tx.run(
               "INSERT INTO rail_messages (subject_id, id, at, kind, body) "
               "SELECT ?1, COALESCE(MAX(id), 0) + 1, ?2, ?3, ?4 FROM rail_messages "
               "WHERE subject_id = ?1 HAVING COALESCE(MAX(id), 0) < ?5",
               withdrawal, now, kind, body, at_most) > 0;
}

bool cannot_be_asked_about(store::Reader& reader, const Withdrawal& withdrawal,
                           const rails::PayoutRoute& now_route) {
    return !withdrawal.route.value_or(now_route).knows_repeats &&
           withdrawal.originator_conversation_id.empty() && !reversal_of(reader, withdrawal);
}

std::vector<Event> events(store::Reader& reader, WithdrawalId id) {
    std::vector<Event> found;
    reader.each(
        "SELECT number, at, state, kind, detail FROM withdrawal_events "
        "WHERE withdrawal_id = ?1 ORDER BY number",
        [&](const store::Row& row) {
            found.push_back({.number = static_cast<int>(row.integer(0)),
                             .at = row.instant(1),
                             .state = static_cast<State>(row.integer(2)),
                             .kind = static_cast<EventKind>(row.integer(3)),
                             .detail = row.string(4)});
        },
        id);
    return found;
}

std::string_view name(RailMessageKind kind) {
    switch (kind) {
        case RailMessageKind::pay_answer:
            return "pay_answer";
        case RailMessageKind::result:
            return "result";
        case RailMessageKind::status:
            return "status";
        case RailMessageKind::timeout:
            return "timeout";
    }
    unsound("a rail message kind of the enum", std::source_location::current());
}

std::vector<RailMessage> rail_messages(store::Reader& reader, WithdrawalId id) {
    std::vector<RailMessage> found;
    reader.each(
        "SELECT at, kind, body FROM rail_messages WHERE subject_id = ?1 ORDER BY id",
        [&](const store::Row& row) {
            found.push_back({.at = row.instant(0),
                             .kind = static_cast<RailMessageKind>(row.integer(1)),
                             .body = row.string(2)});
        },
        id);
    return found;
}

}  // namespace lango::withdrawals
