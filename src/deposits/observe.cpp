#include "deposits/observe.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "deposits/credit.hpp"
#include "deposits/phone_guard.hpp"
#include "ledger/invariants/invariant.hpp"
#include "ledger/ledger.hpp"
#include "suspense/item.hpp"

namespace lango::deposits {

namespace {

using rails::Fate;
using rails::Observation;
using rails::Source;

suspense::Reason reason_of(EventKind kind) {
    if (kind == EventKind::second_receipt) return suspense::Reason::paid_twice;
    return kind == EventKind::money_too_late ? suspense::Reason::no_order
                                             : suspense::Reason::amount_differs;
}

// One observation being applied to one deposit.
class Intake {
  public:
    Intake(store::Tx& tx, Deposit& deposit, const Observation& seen, const ObserveContext& context,
           Instant now)
        : tx_(tx), deposit_(deposit), seen_(seen), context_(context), now_(now) {}

    ObserveOutcome apply() {
        if (is_other_push()) {
            if (seen_.fate == Fate::paid) return other_push_paid();
            return {.what = Observed::other_push, .postback = {}};
        }
        learn_rail_ids();
        switch (seen_.fate) {
            case Fate::paid:
                return success();
            case Fate::failed:
                return failure();
            case Fate::pending:
                return {.what = Observed::pending, .postback = {}};
            case Fate::unknown:
                return unknown_code();
        }
        return {};
    }

  private:
    [[nodiscard]] bool is_other_push() const {
        return !seen_.checkout_request_id.empty() && !deposit_.checkout_request_id.empty() &&
               seen_.checkout_request_id != deposit_.checkout_request_id;
    }

    // A callback may be quicker than the reply to the push.
    void learn_rail_ids() {
        if (!deposit_.checkout_request_id.empty() || seen_.checkout_request_id.empty()) return;
        deposit_.checkout_request_id = seen_.checkout_request_id;
        deposit_.merchant_request_id = seen_.merchant_request_id;
        save(tx_, deposit_);
    }

    ObserveOutcome success() {
        if (seen_.amount && *seen_.amount != deposit_.amount) return other_amount();
        if (deposit_.state == State::paid) return again();
        if (!seen_.receipt) {
            // A query proves the payment but names no receipt. With the callback's receipt at
            // hand the proof is whole.
            if (deposit_.state == State::verifying && !deposit_.receipt.empty()) {
                return pay(deposit_.receipt);
            }
            return verify_first("without receipt");
        }
        if (needs_confirmation()) {
            deposit_.receipt = *seen_.receipt;
            return verify_first("to be confirmed");
        }
        return pay(*seen_.receipt);
    }

    // A push may reach the rail although somebody on the way answered that it had not, and is then
    // sent again under another id. Its money counts as the last one's does; which of the two came,
    // or both, only the rail's list can tell.
    ObserveOutcome other_push_paid() {
        if (seen_.amount && *seen_.amount != deposit_.amount) return other_amount();
        if (deposit_.state == State::paid) return again();
        const auto receipt = seen_.receipt.value_or("");
        const auto known = other_receipts();
        if (std::ranges::find(known, receipt) != known.end()) {
            return {.what = Observed::duplicate, .postback = {}};
        }
        deposit_.flags |= Flag::attention;
        note(tx_, deposit_, EventKind::other_push_paid, now_, receipt);
        static_cast<void>(verify_first("by another push"));
        return {.what = Observed::other_push_paid, .postback = {}};
    }

    [[nodiscard]] std::vector<std::string> other_receipts() {
        std::vector<std::string> receipts;
        for (auto& event : events(tx_, deposit_.id)) {
            if (event.kind == EventKind::other_push_paid)
                receipts.push_back(std::move(event.detail));
        }
        return receipts;
    }

    // The last push has paid, and an earlier one had claimed so: nobody would ask for that money
    // any more.
    void keep_other_pushs_money() {
        for (const auto& receipt : other_receipts()) {
            if (receipt.empty() || receipt == deposit_.receipt) continue;
            static_cast<void>(to_suspense(receipt, deposit_.amount, EventKind::second_receipt,
                                          Observed::second_receipt));
        }
    }

    // Nobody signs a callback: one that cannot be compared with what was asked, or that is about
    // much, is a claim.
    [[nodiscard]] bool needs_confirmation() const {
        if (seen_.source != Source::callback) return false;
        return !seen_.amount ||
               (context_.confirm_above && deposit_.amount > *context_.confirm_above);
    }

    // Paid already: the same receipt tells nothing new, another one is money that came twice.
    ObserveOutcome again() {
        if (!seen_.receipt || *seen_.receipt == deposit_.receipt) {
            return {.what = Observed::duplicate, .postback = {}};
        }
        return to_suspense(*seen_.receipt, deposit_.amount, EventKind::second_receipt,
                           Observed::second_receipt);
    }

    // The rail's own list and a person are believed; an unsigned callback is not: ask the rail.
    ObserveOutcome other_amount() {
        const bool proved = seen_.source == Source::pull || seen_.source == Source::person;
        if (proved && seen_.receipt) {
            return to_suspense(*seen_.receipt, *seen_.amount, EventKind::amount_differs,
                               Observed::amount_differs);
        }
        if (deposit_.state == State::paid) return {.what = Observed::ignored, .postback = {}};
        deposit_.flags |= Flag::attention;
        note(tx_, deposit_, EventKind::amount_differs, now_, seen_.amount->text());
        if (deposit_.state != State::verifying) {
            static_cast<void>(verify_first("amount differs"));
        }
        return {.what = Observed::amount_differs, .postback = {}};
    }

    ObserveOutcome to_suspense(const std::string& receipt, Money amount, EventKind kind,
                               Observed what) {
        suspense::Item item{.id = context_.fresh_id,
                            .receipt = receipt,
                            .amount = amount,
                            .reason = reason_of(kind),
                            .reference = {},
                            .phone = {},
                            .about = deposit_.id,
                            .credited = {},
                            .paid_at = now_,
                            .booked_at = now_,
                            .allocated_at = {},
                            .allocated_by = {}};
        const auto booked = suspense::put(tx_, item, context_.shortcode);
        deposit_.flags |= Flag::attention;
        if (booked == ledger::Booked::now) {
            // Nothing more will come of asking; who paid how much is a person's matter now.
            if (!is_closed(deposit_.state))
                close_as_failed(kind, receipt);
            else
                note(tx_, deposit_, kind, now_, receipt);
            return {.what = what, .postback = {}};
        }
        return {.what = Observed::duplicate, .postback = {}};
    }

    void close_as_failed(EventKind kind, const std::string& detail) {
        deposit_.due_at.reset();
        if (may_become(deposit_.state, State::failed)) {
            become(tx_, deposit_, State::failed, kind, now_, detail);
        } else {
            become(tx_, deposit_, State::expired, kind, now_, detail);
        }
        release_guard(tx_, deposit_.id, deposit_.phone, now_);
    }

    ObserveOutcome verify_first(const char* why) {
        if (deposit_.state == State::verifying) {
            save(tx_, deposit_);
            return {.what = Observed::must_verify, .postback = {}};
        }
        if (is_closed(deposit_.state)) deposit_.flags |= Flag::late;
        deposit_.tries = 0;
        deposit_.due_at = now_;
        become(tx_, deposit_, State::verifying, EventKind::claimed_paid, now_, why);
        return {.what = Observed::must_verify, .postback = {}};
    }

    [[nodiscard]] ledger::AccountRef rail_account() const {
        return {.kind = ledger::AccountKind::rail, .owner = context_.shortcode};
    }

    // Another attempt at the order was quicker: this money waits for a person.
    [[nodiscard]] bool comes_second() {
        return (deposit_.attempt > 1 || deposit_.has(Flag::tried_again)) &&
               order_is_paid(tx_, deposit_);
    }

    ObserveOutcome pay(const std::string& receipt) {
        // Nobody's order any more: its name is another payment's (give_way.hpp).
        if (deposit_.has(Flag::gave_way)) {
            return to_suspense(receipt, deposit_.amount, EventKind::money_too_late,
                               Observed::second_receipt);
        }
        if (comes_second()) {
            return to_suspense(receipt, deposit_.amount, EventKind::second_receipt,
                               Observed::second_receipt);
        }
        auto credited =
            credit(tx_, deposit_, {.receipt = receipt, .from = rail_account()}, context_, now_);
        if (!credited.booked) {
            deposit_.flags |= Flag::attention;
            deposit_.due_at.reset();
            note(tx_, deposit_, EventKind::receipt_refused, now_, receipt);
            return {.what = Observed::receipt_used, .postback = {}};
        }
        if (deposit_.has(Flag::attention)) keep_other_pushs_money();
        return {.what = deposit_.has(Flag::late) ? Observed::paid_late : Observed::paid,
                .postback = std::move(credited.postback)};
    }

    ObserveOutcome failure() {
        // A failure never overwrites a success, claimed or booked; nor does it say more of what
        // has failed already.
        if (deposit_.state == State::paid || deposit_.state == State::verifying) {
            return {.what = Observed::ignored, .postback = {}};
        }
        if (deposit_.state == State::failed) return {.what = Observed::duplicate, .postback = {}};
        deposit_.result_code = seen_.code;
        // Cancelled on the phone and charged all the same, or a query that contradicts a callback
        // still to come: the rail's own list is read some minutes later.
        const bool may_turn = seen_.may_turn || seen_.source == Source::query;
        deposit_.tries = 4;
        deposit_.due_at = may_turn ? next_check(deposit_, context_.timing, now_) : std::nullopt;
        become(tx_, deposit_, State::failed, EventKind::failed, now_, seen_.code);
        release_guard(tx_, deposit_.id, deposit_.phone, now_);
        return {.what = Observed::failed, .postback = {}};
    }

    ObserveOutcome unknown_code() {
        if (deposit_.state == State::paid || deposit_.result_code == seen_.code) {
            return {.what = Observed::unknown_code, .postback = {}};
        }
        deposit_.result_code = seen_.code;
        deposit_.flags |= Flag::attention;
        note(tx_, deposit_, EventKind::unknown_code, now_, seen_.code);
        return {.what = Observed::unknown_code, .postback = {}};
    }

    store::Tx& tx_;
    Deposit& deposit_;
    const Observation& seen_;
    const ObserveContext& context_;
    Instant now_;
};

RailMessageKind kind_of(Source source) {
    switch (source) {
        case Source::callback:
            return RailMessageKind::callback;
        case Source::query:
            return RailMessageKind::query_answer;
        case Source::confirmation:
            return RailMessageKind::confirmation;
        case Source::pull:
        case Source::person:
            return RailMessageKind::pulled;
    }
    return RailMessageKind::callback;
}

}  // namespace

std::string_view name(Observed observed) {
    switch (observed) {
        case Observed::unknown_deposit:
            return "unknown_deposit";
        case Observed::other_push:
            return "other_push";
        case Observed::other_push_paid:
            return "other_push_paid";
        case Observed::paid:
            return "paid";
        case Observed::paid_late:
            return "paid_late";
        case Observed::failed:
            return "failed";
        case Observed::must_verify:
            return "must_verify";
        case Observed::duplicate:
            return "duplicate";
        case Observed::ignored:
            return "ignored";
        case Observed::amount_differs:
            return "amount_differs";
        case Observed::second_receipt:
            return "second_receipt";
        case Observed::receipt_used:
            return "receipt_used";
        case Observed::unknown_code:
            return "unknown_code";
        case Observed::pending:
            return "pending";
    }
    return "ignored";
}

ObserveOutcome observe(store::Tx& tx, DepositId id, const Observation& observation,
                       const ObserveContext& context, Instant now) {
    // "Not yet" is a query's usual answer and not worth keeping; a callback is kept whatever it
    // says.
    const bool worth_keeping =
        observation.source == Source::callback || observation.fate != Fate::pending;
    if (!observation.raw.empty() && worth_keeping) {
        keep_message(tx, id, kind_of(observation.source), now, observation.raw);
    }
    auto deposit = find(tx, id);
    if (!deposit) return {.what = Observed::unknown_deposit, .postback = {}};
    const int events_before = deposit->events;
    auto outcome = Intake{tx, *deposit, observation, context, now}.apply();
    if (deposit->events != events_before) ledger::check_payment(tx, id.value());
    return outcome;
}

void keep_unapplied(store::Tx& tx, DepositId id, Source source, std::string_view raw,
                    std::string_view why, Instant now) {
    if (!raw.empty()) keep_message(tx, id, kind_of(source), now, raw);
    auto deposit = find(tx, id);
    if (!deposit) return;
    const auto told = events(tx, id);
    if (!told.empty() && told.back().kind == EventKind::not_applied) return;
    deposit->flags |= Flag::attention;
    note(tx, *deposit, EventKind::not_applied, now, why);
}

}  // namespace lango::deposits
