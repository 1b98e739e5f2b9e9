#include "withdrawals/settle.hpp"

#include <limits>

#include "base/check.hpp"
#include "rails/receipt.hpp"
#include "withdrawals/close.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/lost.hpp"
#include "withdrawals/payout_float.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

using rails::PayoutFate;
using rails::PayoutSeen;
using rails::PayoutSource;

// One claim being applied to one payout.
class Intake {
  public:
    Intake(store::Tx& tx, Withdrawal& withdrawal, const PayoutSeen& seen,
           const SettleContext& context, Instant now)
        : tx_(tx),
          withdrawal_(withdrawal),
          seen_(seen),
          context_(context),
          now_(now),
          reverses_(reversal_of(tx, withdrawal)),
          told_receipt_(rails::read_receipt(seen.receipt)) {}

    SettleOutcome apply() {
        if ((seen_.source == PayoutSource::result && is_other_payout()) || names_another()) {
            return {.what = Settled::other_payout, .postback = {}};
        }
        // The rail cannot know what was never sent.
        if (withdrawal_.state == State::waiting) return contradicted("before its approval");
        if (!is_told_before()) halt_payouts();
        if (seen_.ours_to_mend) return question_refused();
        if (is_recheck_answered()) {
            withdrawal_.due_at.reset();
            save(tx_, withdrawal_);
        }
        if (const auto why = unproved(); !why.empty()) return claimed(why);
        switch (seen_.fate) {
            case PayoutFate::paid:
                return success();
            case PayoutFate::failed:
                return failure();
            case PayoutFate::pending:
                return still_pending();
            case PayoutFate::not_found:
                return not_found();
            case PayoutFate::unknown:
                return unknown_code();
        }
        return {};
    }

  private:
    [[nodiscard]] bool is_told_before() const {
        return seen_.fate == PayoutFate::failed && withdrawal_.state == State::failed &&
               seen_.code == withdrawal_.result_code;
    }

    [[nodiscard]] bool is_recheck_answered() const {
        return withdrawal_.state == State::failed && withdrawal_.due_at &&
               seen_.source == PayoutSource::status && seen_.fate != PayoutFate::pending;
    }

    void halt_payouts() {
        const bool of_question = seen_.source == PayoutSource::status;
        halt(tx_, seen_.halts,
             {.withdrawal = withdrawal_.id,
              .sent_at = of_question ? now_ : withdrawal_.sent_at.value_or(now_),
              .code = seen_.code,
              .description = seen_.description},
             now_);
    }

    [[nodiscard]] bool is_other_payout() const {
        return !seen_.conversation_id.empty() && !withdrawal_.conversation_id.empty() &&
               seen_.conversation_id != withdrawal_.conversation_id && withdrawal_.sends <= 1;
    }

    [[nodiscard]] bool names_another() const {
        return !seen_.our_id.empty() && seen_.our_id != withdrawal_.payout_id;
    }

    // Nobody signs a result: an end is believed that names this payout by an id that we know, and
    // of a success how much left. The answer to our question, asked by such an id, needs the amount
    // and no id at all; but when it tells some, one of them is this payout's. "" when it is proved;
    // else what it lacks.
    [[nodiscard]] std::string_view unproved() const {
        const bool success = seen_.fate == PayoutFate::paid;
        if (!success && seen_.fate != PayoutFate::failed) return {};
        if (seen_.source == PayoutSource::person) return {};
        if (reverses_ && !seen_.reversed.empty() &&
            rails::read_receipt(seen_.reversed) != reverses_->receipt) {
            return "of another payment";
        }
        if (seen_.source == PayoutSource::result && !names_it())
            return "without an id that is known";
        // The question was about this payout; the answer may be another's that lost its way.
        if (seen_.source == PayoutSource::status && tells_ids() && !names_it())
            return "by ids that are not its own";
        if (success && !seen_.amount && !seen_.done_before) return "without amount";
        return {};
    }

    [[nodiscard]] bool tells_ids() const {
        return !seen_.our_id.empty() || !seen_.conversation_id.empty() ||
               !seen_.originator_conversation_id.empty();
    }

    [[nodiscard]] bool names_it() const {
        const auto& w = withdrawal_;
        return (!seen_.our_id.empty() && seen_.our_id == w.payout_id) ||
               (!seen_.conversation_id.empty() && seen_.conversation_id == w.conversation_id) ||
               (!seen_.originator_conversation_id.empty() &&
                seen_.originator_conversation_id == w.originator_conversation_id) ||
               (reverses_ && rails::read_receipt(seen_.reversed) == reverses_->receipt);
    }

    // The rail is asked at once, once for each thing that is claimed; where it cannot be, and where
    // the end is told already, a person looks.
    SettleOutcome claimed(std::string_view why) {
        const auto detail =
            std::string{seen_.fate == PayoutFate::paid ? "paid, " : "failed, "}.append(why) +
            (told_receipt_ ? ": " + *told_receipt_ : std::string{});
        if (told_receipt_ && told_receipt_ == withdrawal_.receipt)
            return {.what = Settled::duplicate, .postback = {}};
        // Told once more it is news only when it is the answer to our question: no other will come.
        const bool answers = seen_.source == PayoutSource::status;
        if (is_told(EventKind::claimed, detail) && (!answers || withdrawal_.has(Flag::attention))) {
            return {.what = Settled::duplicate, .postback = {}};
        }
        const bool asks = seen_.source != PayoutSource::status &&
                          withdrawal_.state != State::paid && withdrawal_.state != State::queued &&
                          !cannot_be_asked_about(tx_, withdrawal_, context_.route);
        if (asks) {
            withdrawal_.tries = 0;
            withdrawal_.due_at = now_;
        } else {
            withdrawal_.flags |= Flag::attention;
        }
        if (withdrawal_.state == State::sent || withdrawal_.state == State::sending)
            become(tx_, withdrawal_, State::unknown, EventKind::claimed, now_, detail);
        else
            note(tx_, withdrawal_, EventKind::claimed, now_, detail);
        return {.what = Settled::claimed, .postback = {}};
    }

    // Under which the payment is booked, once and for all; nothing while the rail has not named it.
    [[nodiscard]] std::optional<std::string> receipt() const {
        return reverses_ ? reversal_receipt(*reverses_) : told_receipt_;
    }

    SettleOutcome success() {
        if (withdrawal_.state == State::paid) {
            if (!receipt() || *receipt() == withdrawal_.receipt) {
                return {.what = Settled::duplicate, .postback = {}};
            }
            return uncovered();
        }
        if (withdrawal_.state == State::failed) return uncovered();
        if (seen_.amount && *seen_.amount != withdrawal_.amount) return other_amount();
        if (!reverses_ && seen_.recipient && *seen_.recipient != withdrawal_.phone) {
            withdrawal_.flags |= Flag::attention;
            make_unknown(EventKind::other_recipient, seen_.recipient->masked());
            return {.what = Settled::other_recipient, .postback = {}};
        }
        if (withdrawal_.has(Flag::repeated) && !is_proof_of_a_repeat()) return still_pending();
        const auto booked_as = receipt();
        if (!booked_as) return still_pending();
        // Submitted once, and done before that: by somebody else. The payer has his money back and
        // our account has lost it, so it is booked like our own; a person looks why.
        if (seen_.done_before && withdrawal_.sends <= 1) {
            withdrawal_.flags |= Flag::attention;
            note(tx_, withdrawal_, EventKind::done_before, now_, seen_.code);
        }
        SettleOutcome outcome{.what = Settled::paid, .postback = {}};
        if (!pay(tx_, withdrawal_, *booked_as, told_receipt_.value_or(seen_.code), context_, now_,
                 outcome.postback)) {
            withdrawal_.flags |= Flag::attention;
            note(tx_, withdrawal_, EventKind::receipt_refused, now_, *booked_as);
            return {.what = Settled::receipt_used, .postback = {}};
        }
        if (withdrawal_.has(Flag::repeated)) {
            settle_lost(tx_, *booked_as, withdrawal_.payout_id, now_, "withdrawal");
        }
        // A person's word or a reversal proves nothing about payouts.
        if (seen_.source != PayoutSource::person && !reverses_ && withdrawal_.sent_at) {
            end_halt_tried(tx_, withdrawal_.id, *withdrawal_.sent_at, now_);
        }
        return outcome;
    }

    // What the rail had received under this id may have been another payout: its own word about the
    // id, or a person's, with the amount.
    [[nodiscard]] bool is_proof_of_a_repeat() const {
        return seen_.amount.has_value() &&
               (seen_.source == PayoutSource::status || seen_.source == PayoutSource::person);
    }

    // The hold was released, and the money left all the same; or it left twice, which must never
    // happen. It is booked where it is seen, on an account that may be negative, so that our ledger
    // says what the rail's does, and a person is called.
    SettleOutcome uncovered() {
        const auto booked_as = receipt();
        if (!booked_as) return contradicted("paid, without receipt");
        if (is_told(EventKind::contradicted, *booked_as))
            return {.what = Settled::duplicate, .postback = {}};
        if (seen_.amount && *seen_.amount != withdrawal_.amount) {
            return another_payment(EventKind::amount_differs, Settled::amount_differs,
                                   seen_.amount->text() + ", " + *booked_as);
        }
        if (!reverses_ && seen_.recipient && *seen_.recipient != withdrawal_.phone) {
            return another_payment(EventKind::other_recipient, Settled::other_recipient,
                                   seen_.recipient->raw() + ", " + *booked_as);
        }
        // The payment's own id books the first that left after a failure; each other one needs one
        // of its own.
        auto booked = ledger::Booked::already;
        if (withdrawal_.state == State::failed) {
            booked = book_uncovered(withdrawal_.id.value(), *booked_as);
        }
        if (booked == ledger::Booked::already) {
            booked = book_uncovered(context_.fresh_id, *booked_as);
        }
        if (booked == ledger::Booked::now) {
            count_paid(tx_, rail_account(tx_, withdrawal_, context_).owner, withdrawal_.amount);
            return contradicted(*booked_as);
        }
        withdrawal_.flags |= Flag::attention;
        note(tx_, withdrawal_, EventKind::receipt_refused, now_, *booked_as);
        return {.what = Settled::receipt_used, .postback = {}};
    }

    // What left is not this payout: a claim, until a person says whose it was (lost.hpp).
    SettleOutcome another_payment(EventKind kind, Settled what, const std::string& detail) {
        if (is_told(kind, detail)) return {.what = Settled::duplicate, .postback = {}};
        keep_lost(tx_, WithdrawalId{context_.fresh_id}, seen_,
                  rail_account(tx_, withdrawal_, context_).owner, now_);
        withdrawal_.flags |= Flag::attention;
        note(tx_, withdrawal_, kind, now_, detail);
        return {.what = what, .postback = {}};
    }

    ledger::Booked book_uncovered(std::int64_t subject_id, const std::string& booked_as) {
        LANGO_CHECK(subject_id > 0, "what left uncovered is booked under an id");
        LANGO_CHECK(withdrawal_.state == State::paid || withdrawal_.state == State::failed,
                    "what left uncovered had come to its end");
        return ledger::book(
            tx_, {.subject_id = subject_id,
                  .outcome = ledger::Outcome::withdrawal_paid_uncovered,
                  .booked_at = now_,
                  .postings = {{rail_account(tx_, withdrawal_, context_), withdrawal_.amount},
                               {{.kind = ledger::AccountKind::receivable,
                                 .owner = withdrawal_.merchant.value()},
                                -withdrawal_.amount}},
                  .receipt = booked_as,
                  .amount = withdrawal_.amount});
    }

    [[nodiscard]] bool is_told(EventKind kind, const std::string& detail) {
        return tx_
            .first(
                "SELECT 1 FROM withdrawal_events WHERE withdrawal_id = ?1 AND kind = ?2 "
                "AND detail = ?3",
                [](const store::Row&) { return true; }, withdrawal_.id, kind, detail)
            .has_value();
    }

    SettleOutcome contradicted(const std::string& detail) {
        withdrawal_.flags |= Flag::attention;
        note(tx_, withdrawal_, EventKind::contradicted, now_, detail);
        return {.what = Settled::contradiction, .postback = {}};
    }

    SettleOutcome other_amount() {
        withdrawal_.flags |= Flag::attention;
        make_unknown(EventKind::amount_differs, seen_.amount->text());
        return {.what = Settled::amount_differs, .postback = {}};
    }

    SettleOutcome failure() {
        if (withdrawal_.state == State::failed) return {.what = Settled::duplicate, .postback = {}};
        if (withdrawal_.state == State::paid) return contradicted("failed: " + seen_.code);
        // Sent more than once: this may be the word about one submission only. The question about
        // the id is what counts; a reversal has no id that all its submissions share.
        if (withdrawal_.sends > 1) {
            const auto failed = "failed: " + seen_.code;
            if (seen_.source == PayoutSource::result) {
                make_unknown(EventKind::unanswered, failed);
                return {.what = Settled::pending, .postback = {}};
            }
            if (reverses_ && seen_.source == PayoutSource::status) {
                if (withdrawal_.state != State::unknown)
                    make_unknown(EventKind::unanswered, failed);
                call_person(failed);
                return {.what = Settled::needs_person, .postback = {}};
            }
        }
        SettleOutcome outcome{.what = Settled::failed, .postback = {}};
        outcome.postback = fail(tx_, withdrawal_, EventKind::failed, seen_.code, context_, now_);
        if (seen_.source == PayoutSource::result && !reverses_) {
            withdrawal_.due_at = now_ + context_.timing.recheck_after;
            save(tx_, withdrawal_);
        }
        return outcome;
    }

    SettleOutcome still_pending() {
        if (is_closed(withdrawal_.state)) return {.what = Settled::ignored, .postback = {}};
        if (withdrawal_.not_found > 0) {
            withdrawal_.not_found = 0;
            save(tx_, withdrawal_);
        }
        if (seen_.source == PayoutSource::timeout) {
            make_unknown(EventKind::timed_out, seen_.code);
        }
        return {.what = Settled::pending, .postback = {}};
    }

    // The question was refused, which says nothing of the payout.
    SettleOutcome question_refused() {
        if (!is_closed(withdrawal_.state)) call_person("question refused: " + seen_.code);
        return {.what = Settled::needs_person, .postback = {}};
    }

    // Once, until another has looked at it.
    void call_person(const std::string& why) {
        if (withdrawal_.has(Flag::attention)) {
            save(tx_, withdrawal_);
            return;
        }
        withdrawal_.flags |= Flag::attention;
        note(tx_, withdrawal_, EventKind::needs_person, now_, why);
    }

    // The payment's receipt is a reversal's id: done twice, it is refused as done before.
    [[nodiscard]] bool is_safe_to_repeat(Instant sent_at) const {
        if (withdrawal_.sends >= context_.timing.sends_max) return false;
        if (reverses_) return true;
        return withdrawal_.route.value_or(context_.route).knows_repeats &&
               // Asked about before it first went out: the first time is no repeat.
               (withdrawal_.sends == 0 || (!has_no_date(withdrawal_, now_) &&
                                           now_ < sent_at + context_.timing.repeats_within));
    }

    SettleOutcome not_found() {
        const bool open = withdrawal_.state == State::unknown || withdrawal_.state == State::sent;
        if (!open) return {.what = Settled::ignored, .postback = {}};
        const auto since = withdrawal_.sent_at.value_or(withdrawal_.created_at);
        // Of a clock that was ahead it says nothing, and a person decides all the same.
        if (!withdrawal_.has(Flag::undated) &&
            !has_passed(since, context_.timing.not_found_after, now_)) {
            return {.what = Settled::pending, .postback = {}};
        }
        if (withdrawal_.not_found > 0 && withdrawal_.not_found_by == seen_.question_id) {
            return {.what = Settled::duplicate, .postback = {}};
        }
        ++withdrawal_.not_found;
        withdrawal_.not_found_by = seen_.question_id;
        if (withdrawal_.not_found < context_.timing.not_found_times) {
            note(tx_, withdrawal_, EventKind::not_found, now_, seen_.code);
            return {.what = Settled::pending, .postback = {}};
        }
        if (!is_safe_to_repeat(since)) {
            call_person("not found");
            return {.what = Settled::pending, .postback = {}};
        }
        // Sending the same id again is safe whatever the truth is; releasing the hold is not.
        if (withdrawal_.state == State::sent) make_unknown(EventKind::not_found, seen_.code);
        LANGO_CHECK(withdrawal_.not_found >= 2 || context_.timing.not_found_times < 2,
                    "the rail says twice that it has not got it before it is sent again");
        LANGO_CHECK(withdrawal_.sends < context_.timing.sends_max,
                    "nothing is sent again more often than it may be");
        withdrawal_.not_found = 0;
        withdrawal_.tries = 0;
        withdrawal_.due_at = now_;
        become(tx_, withdrawal_, State::queued, EventKind::not_found, now_, seen_.code);
        return {.what = Settled::sent_again, .postback = {}};
    }

    SettleOutcome unknown_code() {
        if (is_closed(withdrawal_.state)) {
            return {.what = Settled::unknown_code, .postback = {}};
        }
        withdrawal_.result_code = seen_.code;
        make_unknown(EventKind::unknown_code, seen_.code);
        return {.what = Settled::unknown_code, .postback = {}};
    }

    // Sent, and no longer sure of anything: asked about soon.
    void make_unknown(EventKind kind, std::string_view detail) {
        if (withdrawal_.state == State::sent || withdrawal_.state == State::sending) {
            withdrawal_.tries = 0;
            withdrawal_.due_at = now_ + context_.timing.ask_after;
            become(tx_, withdrawal_, State::unknown, kind, now_, detail);
        } else {
            note(tx_, withdrawal_, kind, now_, detail);
        }
    }

    store::Tx& tx_;
    Withdrawal& withdrawal_;
    const PayoutSeen& seen_;
    const SettleContext& context_;
    Instant now_;
    std::optional<rails::Reversal> reverses_;
    std::optional<std::string> told_receipt_;  // nothing: none, or one that is no receipt
};

RailMessageKind kind_of(PayoutSource source) {
    switch (source) {
        case PayoutSource::result:
            return RailMessageKind::result;
        case PayoutSource::timeout:
            return RailMessageKind::timeout;
        case PayoutSource::status:
        case PayoutSource::person:
            return RailMessageKind::status;
    }
    return RailMessageKind::result;
}

}  // namespace

SettleOutcome settle(store::Tx& tx, WithdrawalId id, const PayoutSeen& seen,
                     const SettleContext& context, Instant now) {
    auto withdrawal = find(tx, id);
    // The same request again, after its first row was lost, is the same payout.
    if (!withdrawal && !seen.our_id.empty()) withdrawal = find_by_payout_id(tx, seen.our_id);
    const auto subject = withdrawal ? withdrawal->id : id;
    const bool kept =
        seen.raw.empty() || keep_message(tx, subject, kind_of(seen.source), now, seen.raw);
    if (!withdrawal) {
        keep_lost(tx, id, seen, context.route.shortcode, now);
        return {.what = Settled::unknown_withdrawal, .postback = {}};
    }
    const int events_before = withdrawal->events;
    auto outcome = Intake{tx, *withdrawal, seen, context, now}.apply();
    LANGO_CHECK(withdrawal->events >= events_before, "a story only grows");
    LANGO_CHECK(outcome.what != Settled::paid || withdrawal->state == State::paid,
                "what is told as paid is paid");
    LANGO_CHECK(outcome.what != Settled::failed || withdrawal->state == State::failed,
                "what is told as failed has failed");
    LANGO_CHECK(!outcome.postback || is_closed(withdrawal->state),
                "a merchant is told of what has come to its end");
    // What has changed something is kept, however much had been said before.
    if (!kept && withdrawal->events != events_before) {
        static_cast<void>(keep_message(tx, subject, kind_of(seen.source), now, seen.raw,
                                       std::numeric_limits<int>::max()));
    }
    return outcome;
}

SettleOutcome finish_test(store::Tx& tx, WithdrawalId id, const SettleContext& context,
                          Instant now) {
    auto withdrawal = find(tx, id);
    LANGO_REQUIRE(withdrawal && withdrawal->kind == Kind::test);
    if (withdrawal->state != State::queued) return {};
    SettleOutcome outcome;
    if (withdrawal->phone.number() % 10 == 5) {
        outcome.what = Settled::failed;
        outcome.postback = fail(tx, *withdrawal, EventKind::failed, "test", context, now);
    } else {
        outcome.what = Settled::paid;
        static_cast<void>(pay(tx, *withdrawal, "", "test", context, now, outcome.postback));
    }
    return outcome;
}

}  // namespace lango::withdrawals
