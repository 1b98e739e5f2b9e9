#include "deposits/observe.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "deposits/credit.hpp"
#include "deposits/phone_guard.hpp"
#include "deposits/plan.hpp"
#include "ledger/ledger.hpp"
#include "rails/receipt.hpp"
#include "suspense/claims.hpp"
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
// Of EventKind::claimed_paid: the claim came with the id of another push than the last one.
constexpr const char* by_another_push = "by another push";
// Of EventKind::claimed_again, in a receipt's place.
constexpr const char* odd_receipt = "a receipt that is none";

// One observation being applied to one deposit.
class Intake {
  public:
    Intake(store::Tx& tx, Deposit& deposit, const Observation& seen, const ObserveContext& context,
           Instant now)
        : tx_(tx),
          deposit_(deposit),
          seen_(seen),
          context_(context),
          now_(now),
          receipt_(rails::read_receipt(seen.receipt)) {}

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
        if (!receipt_) {
            // A query proves the payment but names no receipt. With the callback's receipt at
            // hand the proof is whole. A second callback proves nothing.
            const auto claimed = rails::read_receipt(deposit_.receipt);
            if (deposit_.state == State::verifying && claimed && seen_.source != Source::callback)
                return pay(*claimed);
            return verify_first(seen_.receipt ? odd_receipt : "without receipt");
        }
        if (needs_confirmation()) {
            deposit_.receipt = *receipt_;
            return verify_first("to be confirmed");
        }
        return pay(*receipt_);
    }

    // A push may reach the rail although somebody on the way answered that it had not, and is then
    // sent again under another id. Its money counts as the last one's does; which of the two came,
    // or both, only the rail's list can tell.
    ObserveOutcome other_push_paid() {
        if (seen_.amount && *seen_.amount != deposit_.amount) return other_amount();
        if (deposit_.state == State::paid) return again();
        const auto receipt = receipt_.value_or("");
        const auto known = other_receipts();
        if (std::ranges::find(known, receipt) != known.end()) {
            return {.what = Observed::duplicate, .postback = {}};
        }
        deposit_.flags |= Flag::attention;
        note(tx_, deposit_, EventKind::other_push_paid, now_, receipt);
        if (!receipt.empty()) keep_claim(receipt, seen_.amount.value_or(Money::zero()));
        static_cast<void>(verify_first(by_another_push));
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

    // The last push has paid, and an earlier one had claimed so. What would be believed alone is
    // money that came twice; of the rest the claim waits for the rail's list.
    void keep_other_pushs_money() {
        for (const auto& receipt : other_receipts()) {
            if (receipt.empty()) continue;
            if (receipt != deposit_.receipt) {
                const auto claim = suspense::find_claim(tx_, receipt);
                if (!claim) keep_claim(receipt, Money::zero());
                if (!claim || is_to_be_proved(claim->amount)) continue;
                static_cast<void>(to_suspense(receipt, claim->amount, EventKind::second_receipt,
                                              Observed::second_receipt, claim->shortcode));
            }
            suspense::settle_claim(tx_, receipt, now_);
        }
    }

    void keep_claim(const std::string& receipt, Money amount) {
        static_cast<void>(suspense::keep_claim(tx_,
                                               {.receipt = receipt,
                                                .at = now_,
                                                .amount = amount,
                                                .reference = {},
                                                .phone = {},
                                                .about = deposit_.id,
                                                .shortcode = prompts_shortcode()},
                                               context_.fresh_id));
    }

    // Safaricom names the push in every callback; who does not may be anybody with the address.
    [[nodiscard]] bool names_no_push() const {
        return seen_.source == Source::callback && seen_.checkout_request_id.empty();
    }

    // Nobody signs a callback: one that cannot be compared with what was asked, or that is about
    // much, is a claim.
    [[nodiscard]] bool is_to_be_proved(std::optional<Money> amount) const {
        if (!amount || amount->is_zero()) return true;
        return context_.confirm_above && *amount > *context_.confirm_above;
    }
    [[nodiscard]] bool needs_confirmation() const {
        return seen_.source == Source::callback &&
               (names_no_push() || is_to_be_proved(seen_.amount));
    }

    // Paid already: the same receipt tells nothing new, another one is money that came twice, once
    // that is proved.
    ObserveOutcome again() {
        if (!seen_.receipt || *seen_.receipt == deposit_.receipt || receipt_ == deposit_.receipt) {
            return {.what = Observed::duplicate, .postback = {}};
        }
        if (!receipt_ || needs_confirmation()) return claimed_again();
        return to_suspense(*receipt_, seen_.amount.value_or(deposit_.amount),
                           EventKind::second_receipt, Observed::second_receipt);
    }

    // Told once per receipt; the rail's list books it, and a person looks.
    ObserveOutcome claimed_again() {
        const auto detail = receipt_.value_or(odd_receipt);
        if (receipt_ && ledger::is_used(tx_, *receipt_))
            return {.what = Observed::duplicate, .postback = {}};
        for (const auto& event : events(tx_, deposit_.id)) {
            if (event.kind == EventKind::claimed_again && event.detail == detail)
                return {.what = Observed::duplicate, .postback = {}};
        }
        if (receipt_) keep_claim(*receipt_, seen_.amount.value_or(Money::zero()));
        deposit_.flags |= Flag::attention;
        note(tx_, deposit_, EventKind::claimed_again, now_, detail);
        return {.what = Observed::claimed_again, .postback = {}};
    }

    // The rail's own list and a person are believed; an unsigned callback is not: ask the rail.
    ObserveOutcome other_amount() {
        const bool proved = seen_.source == Source::pull || seen_.source == Source::person;
        if (proved && receipt_) {
            return to_suspense(*receipt_, *seen_.amount, EventKind::amount_differs,
                               Observed::amount_differs);
        }
        if (deposit_.state == State::paid) {
            if (receipt_ && receipt_ != deposit_.receipt) return claimed_again();
            return {.what = Observed::ignored, .postback = {}};
        }
        deposit_.flags |= Flag::attention;
        note(tx_, deposit_, EventKind::amount_differs, now_, seen_.amount->text());
        if (deposit_.state != State::verifying) {
            static_cast<void>(verify_first(is_other_push() ? by_another_push : "amount differs"));
        }
        return {.what = Observed::amount_differs, .postback = {}};
    }

    // came_to: 0 for where this observation's money did.
    ObserveOutcome to_suspense(const std::string& receipt, Money amount, EventKind kind,
                               Observed what, std::int64_t came_to = 0) {
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
        const auto booked = suspense::put(tx_, item, came_to != 0 ? came_to : shortcode());
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
        if (deposit_.state != State::verifying && may_become(deposit_.state, State::failed)) {
            become(tx_, deposit_, State::failed, kind, now_, detail);
        } else {
            become(tx_, deposit_, State::expired, kind, now_, detail);
        }
        release_guard(tx_, deposit_.id, deposit_.phone, now_);
    }

    ObserveOutcome verify_first(std::string_view why) {
        if (deposit_.state == State::verifying) {
            if (why != by_another_push && is_claimed_by_another_push())
                note(tx_, deposit_, EventKind::claimed_paid, now_, why);
            else
                save(tx_, deposit_);
            return {.what = Observed::must_verify, .postback = {}};
        }
        if (is_closed(deposit_.state)) deposit_.flags |= Flag::late;
        deposit_.tries = 0;
        deposit_.due_at = now_;
        become(tx_, deposit_, State::verifying, EventKind::claimed_paid, now_, why);
        return {.what = Observed::must_verify, .postback = {}};
    }

    // Whose account the money came to: of a paybill's confirmation or list that one's, of a prompt
    // the one that it went out under.
    [[nodiscard]] std::int64_t shortcode() const {
        if (seen_.shortcode != 0) return seen_.shortcode;
        const bool of_paybill =
            seen_.source == Source::confirmation || seen_.source == Source::pull;
        return of_paybill ? context_.shortcode : prompts_shortcode();
    }
    [[nodiscard]] std::int64_t prompts_shortcode() const {
        return deposit_.shortcode == 0 ? context_.shortcode : deposit_.shortcode;
    }
    [[nodiscard]] ledger::AccountRef rail_account() const {
        return {.kind = ledger::AccountKind::rail, .owner = shortcode()};
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

    // Nothing says that the last push was paid: the standing claim is another one's.
    [[nodiscard]] bool is_claimed_by_another_push() {
        if (!deposit_.receipt.empty()) return false;
        std::string claim;
        for (auto& event : events(tx_, deposit_.id)) {
            if (event.kind == EventKind::claimed_paid) claim = std::move(event.detail);
        }
        return claim == by_another_push;
    }

    ObserveOutcome failure() {
        // A failure never overwrites a success, claimed or booked; nor does it say more of what
        // has failed already. But what another push claims does not hide how this one ended: its
        // money is looked for in the rail's list all the same.
        const bool of_this_push = deposit_.state == State::verifying &&
                                  !seen_.checkout_request_id.empty() &&
                                  is_claimed_by_another_push();
        if (deposit_.state == State::paid ||
            (deposit_.state == State::verifying && !of_this_push)) {
            return {.what = Observed::ignored, .postback = {}};
        }
        if (deposit_.state == State::failed) return {.what = Observed::duplicate, .postback = {}};
        if (names_no_push()) return ask_now();
        deposit_.result_code = seen_.code;
        // Cancelled on the phone and charged all the same, or a query that contradicts a callback
        // still to come: the rail's own list is read some minutes later.
        const bool may_turn = seen_.may_turn || of_this_push || seen_.source == Source::query;
        deposit_.tries = 0;
        deposit_.due_at = may_turn ? next_question(Stage::failed, 0,
                                                   deposit_.pushed_at.value_or(deposit_.created_at),
                                                   context_.timing, now_)
                                   : std::nullopt;
        become(tx_, deposit_, State::failed, EventKind::failed, now_, seen_.code);
        release_guard(tx_, deposit_.id, deposit_.phone, now_);
        return {.what = Observed::failed, .postback = {}};
    }

    // It ends nothing, and is a reason to ask.
    ObserveOutcome ask_now() {
        if (deposit_.state != State::prompted && deposit_.state != State::unknown) {
            return {.what = Observed::ignored, .postback = {}};
        }
        deposit_.due_at = now_;
        save(tx_, deposit_);
        return {.what = Observed::must_verify, .postback = {}};
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
    std::optional<std::string> receipt_;  // as every channel tells it; nothing: none, or an odd one
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
        case Observed::claimed_again:
            return "claimed_again";
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
    const bool has_room =
        observation.raw.empty() || !worth_keeping ||
        keep_message(tx, id, kind_of(observation.source), now, observation.raw) != Kept::no_room;
    auto deposit = find(tx, id);
    if (!deposit) return {.what = Observed::unknown_deposit, .postback = {}};
    const int events_before = deposit->events;
    auto outcome = Intake{tx, *deposit, observation, context, now}.apply();
    if (deposit->events != events_before) {
        // What has changed something is kept, however much had been said before.
        if (!has_room)
            keep_deciding_message(tx, id, kind_of(observation.source), now, observation.raw);
        ledger::touch(tx, id.value());
    }
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
