// That a payment's row is what its events tell: it begins with `created`, goes along the edges that
// there are, and what is final names what made it so; and that its times do not go back.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "deposits/state.hpp"
#include "laws/sql_law.hpp"
#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"
#include "withdrawals/state.hpp"

namespace lango::laws {

namespace {

using Maybe = std::optional<std::int64_t>;

struct Event {
    std::int64_t at = 0;
    std::int64_t state = 0;
    std::int64_t kind = 0;
    std::string detail;
};

// What both kinds of payments have.
struct Payment {
    std::int64_t id = 0;
    std::int64_t state = 0;
    std::int64_t flags = 0;
    std::string receipt;
    std::string result_code;
    std::int64_t created_at = 0;
    Maybe closed_at;
    Maybe sent_at;  // pushed or submitted
    std::int64_t sends = 0;
    std::int64_t merchants_kind = 0;  // of a withdrawal: withdrawals::Kind
    std::string created_by;
    std::vector<Event> events;

    [[nodiscard]] const Event* last_change() const {
        const Event* last = nullptr;
        std::int64_t before = 0;
        for (const auto& event : events) {
            if (event.state != before) last = &event;
            before = event.state;
        }
        return last;
    }
    template <class Is>
    [[nodiscard]] std::int64_t count(const Is& is) const {
        return std::ranges::count_if(events, is);
    }
};

// Empty: well told.
using Judge = std::string (*)(const Payment& payment);

template <class Kind>
bool is(const Event& event, Kind kind) {
    return event.kind == static_cast<std::int64_t>(kind);
}

// A kind that this program does not know is another's.
template <class Kind, class List>
bool among(const Event& event, const List& kinds) {
    return std::ranges::any_of(kinds, [&](Kind kind) { return is(event, kind); });
}

std::string beginning(const Payment& payment) {
    if (payment.events.front().at != payment.created_at) return "was not created when it says";
    return {};
}

std::string closing(const Payment& payment, bool closed) {
    const auto* last = payment.last_change();
    if (payment.closed_at.has_value() != closed ||
        (closed && (last == nullptr || *payment.closed_at != last->at))) {
        return "was not closed when its events say";
    }
    return {};
}

// ---- deposits

using deposits::EventKind;
using deposits::State;

// Which state an event of that kind leads to when it changes the state.
bool deposit_leads(const Event& event) {
    const auto to = static_cast<State>(event.state);
    switch (static_cast<EventKind>(event.kind)) {
        case EventKind::created:
            return false;
        case EventKind::push_sent:
            return to == State::pushing;
        case EventKind::push_accepted:
            return to == State::prompted;
        case EventKind::push_refused:
        case EventKind::failed:
            return to == State::failed;
        case EventKind::push_postponed:
            return to == State::created;
        case EventKind::push_unanswered:
            return to == State::unknown;
        case EventKind::claimed_paid:
            return to == State::verifying;
        case EventKind::paid:
            return to == State::paid;
        case EventKind::expired:
            return to == State::expired;
        case EventKind::amount_differs:
        case EventKind::second_receipt:
        case EventKind::money_too_late:
            return to == State::failed || to == State::expired;
        case EventKind::unknown_code:
        case EventKind::needs_person:
        case EventKind::receipt_refused:
        case EventKind::refund:
        case EventKind::attended:
        case EventKind::other_push_paid:
        case EventKind::not_applied:
        case EventKind::gave_way:
        case EventKind::claimed_again:
            return false;
        default:
            return true;  // newer than this law
    }
}

std::string deposit_path(const Payment& payment) {
    constexpr std::array changes{EventKind::push_sent,    EventKind::push_refused,
                                 EventKind::claimed_paid, EventKind::push_postponed,
                                 EventKind::paid,         EventKind::failed,
                                 EventKind::expired,      EventKind::created};
    const auto& first = payment.events.front();
    if (!is(first, EventKind::created) ||
        first.state != static_cast<std::int64_t>(State::created)) {
        return "does not begin with its creation";
    }
    for (std::size_t i = 1; i < payment.events.size(); ++i) {
        const auto& event = payment.events[i];
        const auto before = static_cast<State>(payment.events[i - 1].state);
        const auto after = static_cast<State>(event.state);
        if (before == after ? among<EventKind>(event, changes)
                            : !deposits::may_become(before, after) || !deposit_leads(event)) {
            return "has an event that cannot follow the one before";
        }
    }
    return {};
}

bool was_closed_before(const Payment& payment) {
    for (std::size_t i = 1; i < payment.events.size(); ++i) {
        const auto before = static_cast<State>(payment.events[i - 1].state);
        const auto after = static_cast<State>(payment.events[i].state);
        if (deposits::is_closed(before) && after != before &&
            (after == State::verifying || after == State::paid)) {
            return true;
        }
    }
    return false;
}

// An event calls a person, and none has looked since.
bool calls_a_person(const Payment& payment) {
    constexpr std::array callers{
        EventKind::amount_differs, EventKind::second_receipt,  EventKind::unknown_code,
        EventKind::needs_person,   EventKind::receipt_refused, EventKind::other_push_paid,
        EventKind::not_applied,    EventKind::money_too_late,  EventKind::claimed_again};
    bool called = false;
    for (const auto& event : payment.events) {
        if (among<EventKind>(event, callers)) called = true;
        if (is(event, EventKind::attended)) called = false;
    }
    return called;
}

std::string deposit_result(const Payment& payment) {
    const auto paid = payment.state == static_cast<std::int64_t>(State::paid);
    const auto told = std::ranges::find_if(
        payment.events, [](const Event& event) { return is(event, EventKind::paid); });
    if (paid != (told != payment.events.end())) return "is paid, or not, against its events";
    if (paid && told->detail != payment.receipt &&
        !told->detail.starts_with(payment.receipt + ", by ")) {
        return "is paid by another receipt than its events tell";
    }
    if (paid ? payment.result_code != "0"
             : !payment.result_code.empty() && payment.count([&](const Event& event) {
                   return event.detail == payment.result_code;
               }) == 0) {
        return "has a result that its events do not tell";
    }
    return {};
}

std::string deposit(const Payment& payment) {
    if (payment.events.empty()) return {};  // another law's
    if (auto fault = deposit_path(payment); !fault.empty()) return fault;
    if (auto fault = beginning(payment); !fault.empty()) return fault;
    const auto state = static_cast<State>(payment.state);
    if (auto fault = closing(payment, deposits::is_closed(state)); !fault.empty()) return fault;
    if (auto fault = deposit_result(payment); !fault.empty()) return fault;
    Maybe pushed;
    for (const auto& event : payment.events) {
        if (is(event, EventKind::push_sent)) pushed = event.at;
    }
    if (payment.sent_at != pushed) return "was not pushed when its events say";
    if (((payment.flags & deposits::Flag::late) != 0) != was_closed_before(payment)) {
        return "is late, or not, against its events";
    }
    if (calls_a_person(payment) && (payment.flags & deposits::Flag::attention) == 0) {
        return "needs a person, and calls none";
    }
    return {};
}

// ---- withdrawals

using Told = withdrawals::EventKind;
using Stands = withdrawals::State;

bool withdrawal_leads(const Event& event) {
    const auto to = static_cast<Stands>(event.state);
    switch (static_cast<Told>(event.kind)) {
        case Told::approved:
        case Told::covered:
            return to == Stands::queued;
        case Told::rejected:
        case Told::refused:
        case Told::failed:
            return to == Stands::failed;
        case Told::sending:
            return to == Stands::sending;
        case Told::accepted:
            return to == Stands::sent;
        case Told::postponed:
        case Told::not_found:
            return to == Stands::queued || to == Stands::unknown;
        case Told::unanswered:
        case Told::timed_out:
        case Told::unknown_code:
        case Told::amount_differs:
        case Told::other_recipient:
        case Told::needs_person:
            return to == Stands::unknown;
        case Told::paid:
            return to == Stands::paid;
        case Told::created:
        case Told::contradicted:
        case Told::receipt_refused:
        case Told::judged:
        case Told::done_before:
        case Told::over_refunded:
            return false;
        default:
            return true;  // newer than this law
    }
}

std::string withdrawal_path(const Payment& payment) {
    constexpr std::array changes{Told::created, Told::rejected, Told::sending,
                                 Told::refused, Told::paid,     Told::failed};
    const auto& first = payment.events.front();
    if (!is(first, Told::created) || (first.state != static_cast<std::int64_t>(Stands::waiting) &&
                                      first.state != static_cast<std::int64_t>(Stands::queued))) {
        return "does not begin with its creation";
    }
    for (std::size_t i = 1; i < payment.events.size(); ++i) {
        const auto& event = payment.events[i];
        const auto before = static_cast<Stands>(payment.events[i - 1].state);
        const auto after = static_cast<Stands>(event.state);
        if (before == after ? among<Told>(event, changes)
                            : !withdrawals::may_become(before, after) || !withdrawal_leads(event)) {
            return "has an event that cannot follow the one before";
        }
        if (before == after && is(event, Told::approved) && after != Stands::waiting) {
            return "is approved when it does not wait";
        }
    }
    return {};
}

std::string withdrawal_sends(const Payment& payment) {
    const auto sent = payment.count([](const Event& event) { return is(event, Told::sending); });
    const auto back = payment.count([](const Event& event) { return is(event, Told::postponed); });
    if (payment.sends != sent - back) return "was sent more or less often than its events tell";
    if (payment.sent_at.has_value() != (sent > 0)) return "was not sent when its events say";
    const auto then = [&](const Event& event) {
        return is(event, Told::sending) && event.at == payment.sent_at;
    };
    if (sent > 0 && payment.count(then) == 0 && payment.sent_at != payment.created_at) {
        return "was not sent when its events say";
    }
    return {};
}

bool withdrawal_calls(const Payment& payment) {
    constexpr std::array callers{Told::contradicted,    Told::needs_person, Told::amount_differs,
                                 Told::receipt_refused, Told::done_before,  Told::over_refunded,
                                 Told::other_recipient};
    bool called = false;
    for (const auto& event : payment.events) {
        if (among<Told>(event, callers)) called = true;
        // What the rail takes after all has been mended (withdrawals/record_sent.cpp).
        if (is(event, Told::accepted)) called = false;
    }
    return called;
}

std::string withdrawal_result(const Payment& payment) {
    const auto state = static_cast<Stands>(payment.state);
    if (state == Stands::paid ? payment.result_code != "0" : payment.result_code == "0") {
        return "has a result that its events do not tell";
    }
    const auto* last = payment.last_change();
    // A reversal is booked under the payment's receipt, and tells its own.
    const bool names_it = !payment.receipt.empty() && !payment.receipt.ends_with("/reversed");
    if (state == Stands::paid && names_it && last != nullptr && last->detail != payment.receipt) {
        return "is paid by another receipt than its events tell";
    }
    if (state == Stands::failed && last != nullptr && payment.result_code != "rejected" &&
        last->detail != payment.result_code) {
        return "has a result that its events do not tell";
    }
    if (state == Stands::failed && payment.result_code == "rejected" &&
        (last == nullptr || !is(*last, Told::rejected))) {
        return "is rejected by nobody";
    }
    if (state != Stands::paid && !payment.receipt.empty()) return "has a receipt and is not paid";
    return {};
}

std::string withdrawal(const Payment& payment) {
    if (payment.events.empty()) return {};  // another law's
    if (auto fault = withdrawal_path(payment); !fault.empty()) return fault;
    if (auto fault = beginning(payment); !fault.empty()) return fault;
    const auto state = static_cast<Stands>(payment.state);
    if (auto fault = closing(payment, withdrawals::is_closed(state)); !fault.empty()) return fault;
    if (auto fault = withdrawal_sends(payment); !fault.empty()) return fault;
    if (auto fault = withdrawal_result(payment); !fault.empty()) return fault;
    if (withdrawal_calls(payment) && (payment.flags & withdrawals::Flag::attention) == 0) {
        return "needs a person, and calls none";
    }
    const auto kind = static_cast<withdrawals::Kind>(payment.merchants_kind);
    if (kind != withdrawals::Kind::api && kind != withdrawals::Kind::manual &&
        kind != withdrawals::Kind::test && kind != withdrawals::Kind::refund) {
        return "is of a kind that there is not";
    }
    if (kind == withdrawals::Kind::api && !payment.created_by.empty()) {
        return "was made by a person, and says that it was not";
    }
    const bool by_person = kind == withdrawals::Kind::manual || kind == withdrawals::Kind::refund;
    if (by_person && payment.created_by.empty()) return "was made by nobody";
    return {};
}

// ---- both

using ledger::Slice;

// A clock that was ahead and has been put right leaves the same as a hand that moves a time: it is
// told, and stops nothing. By less than a minute clocks are put right all the time.
constexpr std::array goes_back{
    Finds{Slice::Walk::subjects,
          "SELECT DISTINCT 'deposit', e.deposit_id, ' has events whose times go back' "
          "FROM deposit_events e JOIN deposit_events b ON b.deposit_id = e.deposit_id "
          "AND b.number = e.number - 1 WHERE e.deposit_id BETWEEN ?1 AND ?2 "
          "AND e.at < b.at - 60000000"},
    Finds{Slice::Walk::subjects,
          "SELECT DISTINCT 'withdrawal', e.withdrawal_id, ' has events whose times go back' "
          "FROM withdrawal_events e JOIN withdrawal_events b "
          "ON b.withdrawal_id = e.withdrawal_id AND b.number = e.number - 1 "
          "WHERE e.withdrawal_id BETWEEN ?1 AND ?2 AND e.at < b.at - 60000000"},
};
const SqlLawText goes_back_text{
    .name = "EventsGoForward",
    .what = "events",
    .of_money = false,
    .counts = {Slice::Walk::subjects,
               "SELECT (SELECT COUNT(*) FROM deposit_events WHERE deposit_id BETWEEN ?1 AND ?2) + "
               "(SELECT COUNT(*) FROM withdrawal_events WHERE withdrawal_id BETWEEN ?1 AND ?2)"},
    .finds = goes_back};

// Rows of payment and event, by payment and number.
void prove_stories(store::Reader& reader, const ledger::Slice& slice, ledger::Proof& proof,
                   store::Sql sql, const std::string& what, Judge judge) {
    Payment payment;
    const auto finish = [&] {
        if (payment.id == 0) return;
        if (const auto fault = judge(payment); !fault.empty()) {
            ledger::add(proof, what + " " + hex16(payment.id) + " " + fault);
        }
    };
    reader.each(
        sql,
        [&](const store::Row& row) {
            if (row.integer(0) != payment.id) {
                finish();
                ++proof.checked;
                payment.id = row.integer(0);
                payment.state = row.integer(1);
                payment.flags = row.integer(2);
                payment.receipt = row.maybe_string(3).value_or("");
                payment.result_code = row.maybe_string(4).value_or("");
                payment.created_at = row.integer(5);
                payment.closed_at = row.maybe_integer(6);
                payment.sent_at = row.maybe_integer(7);
                payment.sends = row.integer(8);
                payment.merchants_kind = row.integer(9);
                payment.created_by = row.string(10);
                payment.events.clear();
            }
            payment.events.push_back({.at = row.integer(11),
                                      .state = row.integer(12),
                                      .kind = row.integer(13),
                                      .detail = row.string(14)});
        },
        slice.from, slice.to);
    finish();
}

class DepositsFollowTheirStory final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "DepositsFollowTheirStory"; }
    [[nodiscard]] std::string_view what() const override { return "deposits"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::subjects) return;
        prove_stories(reader, slice, proof,
                      "SELECT d.id, d.state, d.flags, d.receipt, d.result_code, d.created_at, "
                      "d.closed_at, d.pushed_at, 0, 0, '', e.at, e.state, e.kind, e.detail "
                      "FROM deposits d JOIN deposit_events e ON e.deposit_id = d.id "
                      "WHERE d.id BETWEEN ?1 AND ?2 ORDER BY d.id, e.number",
                      "deposit", deposit);
    }
};

// Of money: what has not gone out yet goes where its row says.
class WithdrawalsFollowTheirStory final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "WithdrawalsFollowTheirStory"; }
    [[nodiscard]] std::string_view what() const override { return "withdrawals"; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::subjects) return;
        prove_stories(reader, slice, proof,
                      "SELECT w.id, w.state, w.flags, w.receipt, w.result_code, w.created_at, "
                      "w.closed_at, w.sent_at, w.sends, w.kind, w.created_by, e.at, e.state, "
                      "e.kind, e.detail FROM withdrawals w JOIN withdrawal_events e "
                      "ON e.withdrawal_id = w.id WHERE w.id BETWEEN ?1 AND ?2 "
                      "ORDER BY w.id, e.number",
                      "withdrawal", withdrawal);
    }
};

}  // namespace

void add_stories(LawList& laws) {
    laws.push_back(std::make_unique<DepositsFollowTheirStory>());
    laws.push_back(std::make_unique<WithdrawalsFollowTheirStory>());
    laws.push_back(std::make_unique<SqlLaw>(goes_back_text));
}

}  // namespace lango::laws
