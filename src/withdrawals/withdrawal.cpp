#include "withdrawals/withdrawal.hpp"

#include "base/check.hpp"
#include "base/trim.hpp"
#include "ledger/ledger.hpp"
#include "ledger/refund_gone.hpp"
#include "runs/run.hpp"
#include "store/columns.hpp"
#include "store/words.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

// The way that a payout was first submitted is one member in two columns, NULL until then.
struct Route {
    template <class T>
    static T read(const auto& cell) {
        if (cell.row.is_null(cell.at)) return std::nullopt;
        return rails::PayoutRoute{
            .shortcode = cell.row.integer(cell.at),
            .knows_repeats = cell.row.integer(cell.template place<"knows_repeats">()) != 0};
    }
    static auto write(const std::optional<rails::PayoutRoute>& route) {
        return route ? std::optional{route->shortcode} : std::nullopt;
    }
};
struct KnowsRepeats {
    static auto write(const std::optional<rails::PayoutRoute>& route) {
        return route ? std::optional{route->knows_repeats ? 1 : 0} : std::nullopt;
    }
};
// Of the signature only statements that look for a repeat ask.
struct Signature {
    static auto write(const std::optional<SignedAs>& signed_as) {
        return signed_as ? std::optional{signed_as->signature} : std::nullopt;
    }
};
struct SignedForm {
    static std::int64_t write(const std::optional<SignedAs>& signed_as) {
        return signed_as ? signed_as->form : 0;
    }
};
struct PhoneNumber {  // read by from_row, which says what is wrong with it
    static std::int64_t write(const Msisdn& phone) { return phone.number(); }
};

using store::Column;
using store::Life;
using Rows = store::Table<
    Withdrawal, "withdrawals", Column<"id", &Withdrawal::id, store::Plain, Life::key>,
    Column<"merchant_id", &Withdrawal::merchant>,
    Column<"withdrawal_id", &Withdrawal::withdrawal_id>,
    Column<"payout_id", &Withdrawal::payout_id>, Column<"label", &Withdrawal::label>,
    Column<"phone", &Withdrawal::phone, PhoneNumber>,
    Column<"amount", &Withdrawal::amount, store::MinorOf<"currency">>,
    Column<"fee", &Withdrawal::fee, store::MinorOf<"currency">>,
    Column<"currency", &Withdrawal::amount, store::CurrencyOf>,
    Column<"comment", &Withdrawal::comment>, Column<"kind", &Withdrawal::kind>,
    Column<"state", &Withdrawal::state, store::Plain, Life::changes>,
    Column<"events", &Withdrawal::events, store::Plain, Life::changes>,
    Column<"sends", &Withdrawal::sends, store::Plain, Life::changes>,
    Column<"tries", &Withdrawal::tries, store::Plain, Life::changes>,
    Column<"not_found", &Withdrawal::not_found, store::Plain, Life::changes>,
    // What is set aside is due no more, whatever the rail says of it.
    store::Updated<Column<"due_at", &Withdrawal::due_at, store::Plain, Life::changes>,
                   "IIF(# IS NOT NULL AND EXISTS (SELECT 1 FROM set_aside WHERE kind "
                   "= " LANGO_SET_ASIDE_WITHDRAWAL " AND id = ?1), NULL, #)">,
    Column<"sent_at", &Withdrawal::sent_at, store::Plain, Life::later>,
    Column<"conversation_id", &Withdrawal::conversation_id, store::NullIfEmpty, Life::later>,
    Column<"originator_conversation_id", &Withdrawal::originator_conversation_id,
           store::NullIfEmpty, Life::later>,
    Column<"receipt", &Withdrawal::receipt, store::NullIfEmpty, Life::later>,
    Column<"result_code", &Withdrawal::result_code, store::NullIfEmpty, Life::later>,
    Column<"flags", &Withdrawal::flags, store::Plain, Life::changes>,
    Column<"created_at", &Withdrawal::created_at>,
    Column<"closed_at", &Withdrawal::closed_at, store::Plain, Life::later>,
    Column<"created_by", &Withdrawal::created_by>,
    Column<"shortcode", &Withdrawal::route, Route, Life::later>,
    Column<"knows_repeats", &Withdrawal::route, KnowsRepeats, Life::later>,
    Column<"not_found_by", &Withdrawal::not_found_by, store::Plain, Life::later>,
    store::Unread<Column<"signature", &Withdrawal::signed_as, Signature>>,
    store::Unread<Column<"signed_form", &Withdrawal::signed_as, SignedForm>>,
    store::Unread<Column<"taken_in", &Withdrawal::taken_in, store::Plain, Life::later>>>;

// Below zero: masked (src/privacy).
std::optional<Msisdn> phone_of(std::int64_t number) {
    if (number < 0) return Msisdn::from_number(number);
    return Msisdn::parse(std::to_string(number));
}

Withdrawal from_row(const store::Row& row) {
    const auto currency = Currency::parse(row.text(Rows::place<"currency">()));
    const auto phone = phone_of(row.integer(Rows::place<"phone">()));
    if (!currency) throw Unreadable{"its currency is none"};
    if (!phone) throw Unreadable{"its account number is no phone"};
    const auto state = row.integer(Rows::place<"state">());
    if (state < static_cast<int>(State::waiting) || state > static_cast<int>(State::failed)) {
        throw Unreadable{"its state is none"};
    }
    Withdrawal withdrawal{.phone = *phone, .amount = Money::zero(), .fee = Money::zero()};
    Rows::read(row, withdrawal);
    return withdrawal;
}

void append_event(store::Tx& tx, Withdrawal& withdrawal, EventKind kind, Instant now,
                  std::string_view detail) {
    ++withdrawal.events;
    LANGO_CHECK(withdrawal.events >= 1, "a story is numbered from 1");
    const auto told = tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        withdrawal.id, withdrawal.events, now, withdrawal.state, kind, detail);
    LANGO_CHECK(told == 1, "an event is told once");
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
    return reader.first(Rows::select<"FROM withdrawals WHERE id = ?1">, from_row, id);
}

std::optional<Withdrawal> find_by_payout_id(store::Reader& reader, std::string_view payout_id) {
    LANGO_CHECK(!payout_id.empty(), "a payout is looked for by an id");
    return reader.first(
        Rows::select<"FROM (SELECT * FROM withdrawals ORDER BY id DESC LIMIT 200000) "
                     "WHERE payout_id = ?1">,
        from_row, payout_id);
}

std::optional<Withdrawal> find(store::Reader& reader, MerchantId merchant,
                               std::string_view withdrawal_id) {
    const auto told = [&](std::string_view text) {
        return reader.first(
            Rows::select<"FROM withdrawals WHERE id = (SELECT id FROM withdrawal_keys "
                         "WHERE merchant_id = ?1 AND withdrawal_id = ?2)">,
            from_row, merchant, text);
    };
    auto found = told(withdrawal_id);
    const auto text = trimmed(withdrawal_id);
    if (!found && text != withdrawal_id) found = told(text);
    return found;
}

void insert(store::Tx& tx, const Withdrawal& withdrawal) {
    LANGO_CHECK(withdrawal.id.value() > 0, "a withdrawal has an id");
    LANGO_CHECK(!withdrawal.withdrawal_id.empty() && !withdrawal.payout_id.empty(),
                "a withdrawal has a name for its merchant and one for the rail");
    LANGO_CHECK(withdrawal.amount.minor() > 0, "a withdrawal is of some money");
    LANGO_CHECK(withdrawal.fee.minor() >= 0, "a commission takes, and gives nothing");
    LANGO_CHECK(withdrawal.state == State::waiting || withdrawal.state == State::queued,
                "a withdrawal begins waiting or queued");
    LANGO_CHECK(withdrawal.state == State::waiting || withdrawal.due_at,
                "what is queued is due some time");
    LANGO_CHECK(withdrawal.events == 1 && withdrawal.sends == 0,
                "a withdrawal begins with its first event, and has not gone out");
    if (withdrawal.signed_as) {
        tx.run("INSERT INTO withdrawal_signatures (signature, signed_form, id) VALUES (?1, ?2, ?3)",
               withdrawal.signed_as->signature, withdrawal.signed_as->form, withdrawal.id);
    }
    const auto written = Rows::insert(tx, withdrawal);
    LANGO_CHECK(written == 1, "a withdrawal is one row");
}

void save(store::Tx& tx, const Withdrawal& withdrawal) {
    LANGO_CHECK(withdrawal.sends >= 0, "what goes out is counted from 0");
    LANGO_CHECK(withdrawal.tries >= 0 && withdrawal.not_found >= 0, "tries are counted from 0");
    const auto changed = Rows::update(tx, withdrawal);
    LANGO_CHECK(changed == 1, "a withdrawal that is saved has a row");
}

void set_aside(store::Tx& tx, WithdrawalId id, std::string_view why, Instant now) {
    // What the row says of its story may be what is wrong with it.
    const auto changed = tx.run(
        "UPDATE withdrawals SET flags = flags | " LANGO_WITHDRAWAL_FLAG_ATTENTION
        ", due_at = NULL, taken_in = 0, events = 1 + MAX(events, (SELECT COALESCE(MAX(number), 0) "
        "FROM withdrawal_events WHERE withdrawal_id = ?1)) WHERE id = ?1",
        id);
    LANGO_CHECK(changed == 1, "a withdrawal that is set aside has a row");
    const auto told = tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, ?4 FROM withdrawals WHERE id = ?1",
        id, now, EventKind::needs_person, why);
    LANGO_CHECK(told == 1, "what is set aside says so");
}

bool set_aside_died(store::Tx& tx, WithdrawalId id, std::int64_t run, Instant now) {
    LANGO_CHECK(run > 0, "a run that died has a number");
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
    LANGO_CHECK(may_become(withdrawal.state, state),
                "a withdrawal goes along the edges of its table");
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
    const auto kept = tx.run(
        "INSERT INTO rail_messages (subject_id, id, at, kind, body) "
        "SELECT ?1, COALESCE(MAX(id), 0) + 1, ?2, ?3, ?4 FROM rail_messages "
        "WHERE subject_id = ?1 HAVING COALESCE(MAX(id), 0) < ?5",
        withdrawal, now, kind, body, at_most);
    LANGO_CHECK(kept <= 1, "a message of the rail is kept once");
    return kept > 0;
}

Money gone(store::Reader& reader, WithdrawalId id) {
    return reader
        .first(
            "SELECT CASE WHEN w.state = " LANGO_WITHDRAWAL_PAID " AND w.kind <> " LANGO_KIND_TEST
            " THEN w.amount ELSE 0 END + " LANGO_LEFT_UNCOVERED
            " FROM withdrawals w WHERE w.id = ?1",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, id)
        .value_or(Money::zero());
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
