#include "deposits/deposit.hpp"

#include "base/result.hpp"
#include "base/trim.hpp"
#include "ledger/ledger.hpp"
#include "postbacks/failed_event.hpp"
#include "runs/run.hpp"
#include "store/words.hpp"

namespace lango::deposits {

namespace {

#define LANGO_DEPOSIT_COLUMNS                                                                    \
    "id, merchant_id, custom_transaction_id, label, phone, amount, currency, state, events, "    \
    "tries, due_at, pushed_at, checkout_request_id, merchant_request_id, receipt, result_code, " \
    "flags, created_at, closed_at, attempt, shortcode, fee"

std::optional<Instant> maybe_instant(const store::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.instant(column);
}

std::string text_or_empty(const store::Row& row, int column) {
    return row.is_null(column) ? std::string{} : row.string(column);
}

Deposit from_row(const store::Row& row) {
    const auto currency = Currency::parse(row.text(6));
    LANGO_REQUIRE(currency);
    const auto state = row.integer(7);
    LANGO_REQUIRE(state >= static_cast<int>(State::created) &&
                  state <= static_cast<int>(State::expired));
    return Deposit{
        .id = DepositId{row.integer(0)},
        .merchant = MerchantId{row.integer(1)},
        .custom_transaction_id = row.string(2),
        .label = row.string(3),
        .phone = Msisdn::from_number(row.integer(4)),
        .amount = Money{row.integer(5), *currency},
        .state = static_cast<State>(state),
        .events = static_cast<int>(row.integer(8)),
        .tries = static_cast<int>(row.integer(9)),
        .due_at = maybe_instant(row, 10),
        .pushed_at = maybe_instant(row, 11),
        .checkout_request_id = text_or_empty(row, 12),
        .merchant_request_id = text_or_empty(row, 13),
        .receipt = text_or_empty(row, 14),
        .result_code = text_or_empty(row, 15),
        .flags = row.integer(16),
        .created_at = row.instant(17),
        .closed_at = maybe_instant(row, 18),
        .attempt = static_cast<int>(row.integer(19)),
        .shortcode = row.maybe_integer(20).value_or(0),
        .fee = row.is_null(21) ? std::nullopt : std::optional{Money{row.integer(21), *currency}},
    };
}

std::optional<std::string_view> null_if_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return std::string_view{text};
}

void append_event(store::Tx& tx, Deposit& deposit, EventKind kind, Instant now,
                  std::string_view detail) {
    ++deposit.events;
    tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        deposit.id, deposit.events, now, deposit.state, kind, detail);
}

// Merchants who ask for it hear of every way in which a deposit ends unpaid.
void tell_failed(store::Tx& tx, const Deposit& deposit, Instant now) {
    postbacks::tell_failed(tx,
                           {.id = deposit.id,
                            .merchant = deposit.merchant,
                            .label = deposit.label,
                            .custom_transaction_id = deposit.custom_transaction_id,
                            .phone = deposit.phone,
                            .amount = deposit.amount,
                            .status = name(deposit.state),
                            .result_code = deposit.result_code},
                           now);
}

}  // namespace

std::optional<Deposit> find(store::Reader& reader, DepositId id) {
    return reader.first("SELECT " LANGO_DEPOSIT_COLUMNS " FROM deposits WHERE id = ?1", from_row,
                        id);
}

std::optional<Deposit> find(store::Reader& reader, MerchantId merchant,
                            std::string_view custom_transaction_id) {
    auto found = reader.first("SELECT " LANGO_DEPOSIT_COLUMNS
                              " FROM deposits WHERE merchant_id = ?1 AND "
                              "custom_transaction_id = ?2 ORDER BY attempt DESC LIMIT 1",
                              from_row, merchant, custom_transaction_id);
    if (found) return found;
    return reader.first("SELECT " LANGO_DEPOSIT_COLUMNS
                        " FROM deposits WHERE id = (SELECT MIN(id) FROM untrimmed_ids "
                        "WHERE kind = " LANGO_UNTRIMMED_DEPOSIT
                        " AND merchant_id = ?1 AND trimmed = ?2)",
                        from_row, merchant, trimmed(custom_transaction_id));
}

std::vector<Deposit> attempts(store::Reader& reader, MerchantId merchant,
                              std::string_view custom_transaction_id) {
    std::vector<Deposit> found;
    reader.each(
        "SELECT " LANGO_DEPOSIT_COLUMNS
        " FROM deposits WHERE merchant_id = ?1 AND custom_transaction_id = ?2 ORDER BY attempt",
        [&](const store::Row& row) { found.push_back(from_row(row)); }, merchant,
        custom_transaction_id);
    return found;
}

bool order_is_paid(store::Reader& reader, const Deposit& deposit) {
    return reader
        .first(
            "SELECT 1 FROM deposits WHERE merchant_id = ?1 AND custom_transaction_id = ?2 "
            "AND state = " LANGO_DEPOSIT_PAID " AND id <> ?3",
            [](const store::Row&) { return true; }, deposit.merchant, deposit.custom_transaction_id,
            deposit.id)
        .has_value();
}

void save(store::Tx& tx, const Deposit& deposit) {
    const auto changed = tx.run(
        // What is set aside is due no more, whatever the rail says of it.
        "UPDATE deposits SET state = ?2, events = ?3, tries = ?4, due_at = IIF(?5 IS NOT NULL AND "
        "EXISTS (SELECT 1 FROM set_aside WHERE kind = " LANGO_SET_ASIDE_DEPOSIT
        " AND id = ?1), NULL, ?5), pushed_at = ?6, "
        "checkout_request_id = ?7, merchant_request_id = ?8, receipt = ?9, result_code = ?10, "
        "flags = ?11, closed_at = ?12, shortcode = ?13, taken_in = ?14 WHERE id = ?1",
        deposit.id, deposit.state, deposit.events, deposit.tries, deposit.due_at, deposit.pushed_at,
        null_if_empty(deposit.checkout_request_id), null_if_empty(deposit.merchant_request_id),
        null_if_empty(deposit.receipt), null_if_empty(deposit.result_code), deposit.flags,
        deposit.closed_at, deposit.shortcode == 0 ? std::nullopt : std::optional{deposit.shortcode},
        deposit.taken_in);
    LANGO_ASSERT(changed == 1);
}

void become(store::Tx& tx, Deposit& deposit, State state, EventKind kind, Instant now,
            std::string_view detail) {
    LANGO_ASSERT(may_become(deposit.state, state));
    deposit.state = state;
    deposit.closed_at = is_closed(state) ? std::optional{now} : std::nullopt;
    append_event(tx, deposit, kind, now, detail);
    // It is over, and nothing to alarm anybody with.
    if (is_closed(state)) {
        runs::take_back(tx, {.kind = runs::Kind::deposit, .id = deposit.id.value()});
        ledger::touch(tx, deposit.id.value());
    }
    save(tx, deposit);
    if (state == State::failed || state == State::expired) tell_failed(tx, deposit, now);
}

void note(store::Tx& tx, Deposit& deposit, EventKind kind, Instant now, std::string_view detail) {
    append_event(tx, deposit, kind, now, detail);
    save(tx, deposit);
}

Kept keep_message(store::Tx& tx, DepositId deposit, RailMessageKind kind, Instant now,
                  std::string_view body) {
    const auto kept = tx.run(
        "INSERT INTO rail_messages (subject_id, id, at, kind, body) "
        "SELECT ?1, COALESCE(MAX(id), 0) + 1, ?2, ?3, ?4 FROM rail_messages "
        "WHERE subject_id = ?1 HAVING COALESCE(MAX(id), 0) < ?5 AND NOT EXISTS ("
        "SELECT 1 FROM rail_messages AS last WHERE last.subject_id = ?1 AND last.kind = ?3 "
        "AND last.body = ?4 AND last.id = (SELECT MAX(id) FROM rail_messages "
        "WHERE subject_id = ?1 AND kind = ?3))",
        deposit, now, kind, body, messages_max);
    if (kept > 0) return Kept::now;
    const auto last = tx.first(
        "SELECT body FROM rail_messages WHERE subject_id = ?1 AND kind = ?2 ORDER BY id DESC LIMIT "
        "1",
        [](const store::Row& row) { return row.string(0); }, deposit, kind);
    return last == body ? Kept::before : Kept::no_room;
}

void keep_deciding_message(store::Tx& tx, DepositId deposit, RailMessageKind kind, Instant now,
                           std::string_view body) {
    tx.run(
        "INSERT INTO rail_messages (subject_id, id, at, kind, body) "
        "SELECT ?1, COALESCE(MAX(id), 0) + 1, ?2, ?3, ?4 FROM rail_messages WHERE subject_id = ?1",
        deposit, now, kind, body);
}

std::vector<Event> events(store::Reader& reader, DepositId id) {
    std::vector<Event> found;
    reader.each(
        "SELECT number, at, state, kind, detail FROM deposit_events "
        "WHERE deposit_id = ?1 ORDER BY number",
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

std::vector<RailMessage> rail_messages(store::Reader& reader, DepositId id) {
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

namespace {

// By the two partial indexes: what is due, and what waits for a person.
#define LANGO_OPEN_DEPOSITS                                             \
    "(SELECT state, created_at FROM deposits WHERE due_at IS NOT NULL " \
    "AND state IN (" LANGO_DEPOSIT_OPEN                                 \
    ") UNION ALL SELECT state, created_at FROM deposits WHERE (flags "  \
    "& " LANGO_DEPOSIT_FLAG_ATTENTION                                   \
    ") <> 0 AND due_at IS NULL AND state IN (" LANGO_DEPOSIT_OPEN ")) AS open_ones"

}  // namespace

std::vector<OpenCount> count_open(store::Reader& reader) {
    std::vector<OpenCount> found;
    reader.each(
        "SELECT state, COUNT(*) FROM " LANGO_OPEN_DEPOSITS " GROUP BY state ORDER BY state",
        [&](const store::Row& row) {
            found.push_back({.state = static_cast<State>(row.integer(0)), .count = row.integer(1)});
        });
    return found;
}

std::vector<Instant> open_since(store::Reader& reader) {
    std::vector<Instant> found;
    reader.each("SELECT created_at FROM " LANGO_OPEN_DEPOSITS,
                [&](const store::Row& row) { found.push_back(row.instant(0)); });
    return found;
}

std::int64_t count_attention(store::Reader& reader) {
    return *reader.first(
        "SELECT COUNT(*) FROM deposits WHERE (flags & " LANGO_DEPOSIT_FLAG_ATTENTION ") <> 0",
        [](const store::Row& row) { return row.integer(0); });
}

std::vector<Deposit> list_attention(store::Reader& reader, std::size_t limit) {
    std::vector<Deposit> found;
    reader.each(
        "SELECT " LANGO_DEPOSIT_COLUMNS
        " FROM deposits WHERE (flags & " LANGO_DEPOSIT_FLAG_ATTENTION ") <> 0 ORDER BY id LIMIT ?1",
        [&](const store::Row& row) {
            try {
                found.push_back(from_row(row));
            } catch (const Unsound&) {
                return;  // told by its id alone (`deposit show`); the others are still to be seen
            }
        },
        static_cast<std::int64_t>(limit));
    return found;
}

namespace {

// Its detail tells it from other calls for a person.
constexpr const char* set_aside_call = "the gateway died while this went alone: set aside";

// Whether nothing else has called a person since one looked. All who do so write an event that
// tells why; claimed_again calls one as well.
bool only_set_aside_calls(store::Reader& reader, DepositId id) {
    bool only = true;
    for (const auto& event : events(reader, id)) {
        switch (event.kind) {
            case EventKind::attended:
                only = true;
                break;
            case EventKind::needs_person:
                if (event.detail != set_aside_call) only = false;
                break;
            case EventKind::amount_differs:
            case EventKind::second_receipt:
            case EventKind::unknown_code:
            case EventKind::receipt_refused:
            case EventKind::other_push_paid:
            case EventKind::not_applied:
            case EventKind::money_too_late:
            case EventKind::claimed_again:
                only = false;
                break;
            default:
                break;
        }
    }
    return only;
}

}  // namespace

namespace {

// By statements: the row itself may be what cannot be read.
void tell_of_call(store::Tx& tx, DepositId id, std::string_view why, Instant now) {
    tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, ?4 FROM deposits WHERE id = ?1",
        id, now, static_cast<int>(EventKind::needs_person), why);
}

}  // namespace

std::optional<Deposit> find_or_set_aside(store::Tx& tx, DepositId id, Instant now) {
    std::string why;
    try {
        return find(tx, id);
    } catch (const Unsound& unsound) {
        why = unsound.what();
    }
    tx.run("UPDATE deposits SET flags = flags | " LANGO_DEPOSIT_FLAG_ATTENTION
           ", due_at = NULL, events = events + 1, taken_in = 0 "
           "WHERE id = ?1",
           id);
    tell_of_call(tx, id, why, now);
    return std::nullopt;
}

bool set_aside_died(store::Tx& tx, DepositId id, std::int64_t run, Instant now) {
    if (tx.run("UPDATE deposits SET flags = flags | " LANGO_DEPOSIT_FLAG_ATTENTION
               ", due_at = NULL, events = events + 1, "
               "taken_in = 0 WHERE id = ?1 AND taken_in = ?2",
               id, run) == 0) {
        return false;
    }
    tell_of_call(tx, id, set_aside_call, now);
    runs::set_aside(tx, {.kind = runs::Kind::deposit, .id = id.value()}, run, now);
    return true;
}

bool try_again(store::Tx& tx, DepositId id, std::string_view who, Instant now) {
    if (!runs::take_back(tx, {.kind = runs::Kind::deposit, .id = id.value()})) return false;
    auto deposit = find(tx, id);
    LANGO_REQUIRE(deposit);
    // What was paid meanwhile needs no more.
    if (deposit->state != State::paid) deposit->due_at = now;
    // Its own call alone is answered by that.
    if (!only_set_aside_calls(tx, id) || !attended(tx, *deposit, now, who)) save(tx, *deposit);
    return true;
}

bool attended(store::Tx& tx, Deposit& deposit, Instant now, std::string_view who) {
    if (!deposit.has(Flag::attention)) return false;
    deposit.flags &= ~static_cast<std::int64_t>(Flag::attention);
    note(tx, deposit, EventKind::attended, now, who);
    return true;
}

}  // namespace lango::deposits
