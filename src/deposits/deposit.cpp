#include "deposits/deposit.hpp"

#include "base/check.hpp"
#include "base/trim.hpp"
#include "ledger/ledger.hpp"
#include "postbacks/failed_event.hpp"
#include "runs/run.hpp"
#include "store/columns.hpp"
#include "store/words.hpp"

namespace lango::deposits {

namespace {

using store::Column;
using store::Life;
using Rows = store::Table<
    Deposit, "deposits", Column<"id", &Deposit::id, store::Plain, Life::key>,
    Column<"merchant_id", &Deposit::merchant>,
    Column<"custom_transaction_id", &Deposit::custom_transaction_id>,
    Column<"label", &Deposit::label>, Column<"phone", &Deposit::phone>,
    Column<"amount", &Deposit::amount, store::MinorOf<"currency">>,
    Column<"currency", &Deposit::amount, store::CurrencyOf>,
    Column<"state", &Deposit::state, store::Plain, Life::changes>,
    Column<"events", &Deposit::events, store::Plain, Life::changes>,
    Column<"tries", &Deposit::tries, store::Plain, Life::changes>,
    // What is set aside is due no more, whatever the rail says of it.
    store::Updated<Column<"due_at", &Deposit::due_at, store::Plain, Life::changes>,
                   "IIF(# IS NOT NULL AND EXISTS (SELECT 1 FROM set_aside WHERE kind "
                   "= " LANGO_SET_ASIDE_DEPOSIT " AND id = ?1), NULL, #)">,
    Column<"pushed_at", &Deposit::pushed_at, store::Plain, Life::later>,
    Column<"checkout_request_id", &Deposit::checkout_request_id, store::NullIfEmpty, Life::later>,
    Column<"merchant_request_id", &Deposit::merchant_request_id, store::NullIfEmpty, Life::later>,
    Column<"receipt", &Deposit::receipt, store::NullIfEmpty, Life::later>,
    Column<"result_code", &Deposit::result_code, store::NullIfEmpty, Life::later>,
    Column<"flags", &Deposit::flags, store::Plain, Life::changes>,
    Column<"created_at", &Deposit::created_at>,
    Column<"closed_at", &Deposit::closed_at, store::Plain, Life::later>,
    Column<"attempt", &Deposit::attempt>,
    Column<"shortcode", &Deposit::shortcode, store::NullIfEmpty, Life::later>,
    Column<"fee", &Deposit::fee, store::MinorOf<"currency">>,
    store::Unread<Column<"taken_in", &Deposit::taken_in, store::Plain, Life::later>>>;

Deposit from_row(const store::Row& row) {
    const auto state = row.integer(Rows::place<"state">());
    LANGO_REQUIRE(state >= static_cast<int>(State::created) &&
                  state <= static_cast<int>(State::expired));
    Deposit deposit{.phone = Msisdn::from_number(row.integer(Rows::place<"phone">())),
                    .amount = Money::zero()};
    Rows::read(row, deposit);
    return deposit;
}

void append_event(store::Tx& tx, Deposit& deposit, EventKind kind, Instant now,
                  std::string_view detail) {
    ++deposit.events;
    LANGO_CHECK(deposit.events >= 1, "a story is numbered from 1");
    const auto told = tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        deposit.id, deposit.events, now, deposit.state, kind, detail);
    LANGO_CHECK(told == 1, "an event is told once");
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
    return reader.first(Rows::select<"FROM deposits WHERE id = ?1">, from_row, id);
}

std::optional<Deposit> find(store::Reader& reader, MerchantId merchant,
                            std::string_view custom_transaction_id) {
    const auto told = [&](std::string_view text) {
        return reader.first(
            Rows::select<"FROM deposits WHERE id = (SELECT deposit_id FROM deposit_keys "
                         "WHERE merchant_id = ?1 AND custom_transaction_id = ?2 "
                         "ORDER BY attempt DESC LIMIT 1)">,
            from_row, merchant, text);
    };
    auto found = told(custom_transaction_id);
    const auto text = trimmed(custom_transaction_id);
    if (!found && text != custom_transaction_id) found = told(text);
    return found;
}

std::vector<Deposit> attempts(store::Reader& reader, MerchantId merchant,
                              std::string_view custom_transaction_id) {
    std::vector<Deposit> found;
    reader.each(
        Rows::select<"FROM deposits WHERE id IN (SELECT deposit_id FROM deposit_keys "
                     "WHERE merchant_id = ?1 AND custom_transaction_id = ?2) ORDER BY attempt">,
        [&](const store::Row& row) { found.push_back(from_row(row)); }, merchant,
        custom_transaction_id);
    return found;
}

bool order_is_paid(store::Reader& reader, const Deposit& deposit) {
    return reader
        .first(
            "SELECT 1 FROM deposits WHERE id IN (SELECT deposit_id FROM deposit_keys "
            "WHERE merchant_id = ?1 AND custom_transaction_id = ?2) "
            "AND state = " LANGO_DEPOSIT_PAID " AND id <> ?3",
            [](const store::Row&) { return true; }, deposit.merchant, deposit.custom_transaction_id,
            deposit.id)
        .has_value();
}

bool insert(store::Tx& tx, const Deposit& deposit) {
    LANGO_CHECK(deposit.id.value() > 0 && deposit.merchant.value() > 0,
                "a deposit has an id, and is a merchant's");
    LANGO_CHECK(deposit.state == State::created && deposit.events == 1,
                "a deposit begins with its first event");
    LANGO_CHECK(deposit.amount.minor() > 0, "a deposit is of some money");
    LANGO_CHECK(deposit.attempt >= 1, "attempts at an order are counted from 1");
    LANGO_CHECK(!deposit.fee ||
                    (deposit.fee->minor() >= 0 && deposit.fee->minor() <= deposit.amount.minor()),
                "the commission is a part of the amount");
    const auto named = tx.run(
        "INSERT INTO deposit_keys (merchant_id, custom_transaction_id, attempt, deposit_id) "
        "VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        deposit.merchant, deposit.custom_transaction_id, deposit.attempt, deposit.id);
    if (named == 0) return false;
    const auto written = Rows::insert(tx, deposit);
    LANGO_CHECK(written == 1, "a deposit is one row");
    return true;
}

void save(store::Tx& tx, const Deposit& deposit) {
    LANGO_CHECK(deposit.tries >= 0, "tries are counted from 0");
    const auto changed = Rows::update(tx, deposit);
    LANGO_CHECK(changed == 1, "a deposit that is saved has a row");
}

void become(store::Tx& tx, Deposit& deposit, State state, EventKind kind, Instant now,
            std::string_view detail) {
    LANGO_CHECK(may_become(deposit.state, state), "a deposit goes along the edges of its table");
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
    LANGO_CHECK(kept <= 1, "a message of the rail is kept once");
    if (kept > 0) return Kept::now;
    const auto last = tx.first(
        "SELECT body FROM rail_messages WHERE subject_id = ?1 AND kind = ?2 ORDER BY id DESC LIMIT "
        "1",
        [](const store::Row& row) { return row.string(0); }, deposit, kind);
    return last == body ? Kept::before : Kept::no_room;
}

void keep_deciding_message(store::Tx& tx, DepositId deposit, RailMessageKind kind, Instant now,
                           std::string_view body) {
    const auto kept = tx.run(
        "INSERT INTO rail_messages (subject_id, id, at, kind, body) "
        "SELECT ?1, COALESCE(MAX(id), 0) + 1, ?2, ?3, ?4 FROM rail_messages WHERE subject_id = ?1",
        deposit, now, kind, body);
    LANGO_CHECK(kept == 1, "what decides about money is kept");
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
        Rows::select<"FROM deposits WHERE (flags & " LANGO_DEPOSIT_FLAG_ATTENTION
                     ") <> 0 ORDER BY id LIMIT ?1">,
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
    const auto told = tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, ?4 FROM deposits WHERE id = ?1",
        id, now, static_cast<int>(EventKind::needs_person), why);
    LANGO_CHECK(told == 1, "what is set aside says so");
}

}  // namespace

std::optional<Deposit> find_or_set_aside(store::Tx& tx, DepositId id, Instant now) {
    std::string why;
    try {
        return find(tx, id);
    } catch (const Unsound& unsound) {
        why = unsound.what();
    }
    set_aside(tx, id, why, now);
    return std::nullopt;
}

void set_aside(store::Tx& tx, DepositId id, std::string_view why, Instant now) {
    // What the row says of its story may be what is wrong with it.
    tx.run("UPDATE deposits SET flags = flags | " LANGO_DEPOSIT_FLAG_ATTENTION
           ", due_at = NULL, taken_in = 0, events = 1 + MAX(events, (SELECT "
           "COALESCE(MAX(number), 0) FROM deposit_events WHERE deposit_id = ?1)) WHERE id = ?1",
           id);
    tell_of_call(tx, id, why, now);
}

bool set_aside_died(store::Tx& tx, DepositId id, std::int64_t run, Instant now) {
    LANGO_CHECK(run > 0, "a run that died has a number");
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
