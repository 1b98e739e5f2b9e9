#include "paybill/intake.hpp"

#include "base/result.hpp"
#include "deposits/credit.hpp"
#include "deposits/deposit.hpp"
#include "ledger/ledger.hpp"
#include "paybill/payer.hpp"
#include "paybill/reference.hpp"
#include "rails/receipt.hpp"
#include "restore/restoration.hpp"
#include "suspense/claims.hpp"
#include "suspense/item.hpp"

namespace lango::paybill {

namespace {

using deposits::Deposit;
using deposits::EventKind;
using deposits::Observed;
using suspense::Reason;

rails::Source source_of(Told told) {
    switch (told) {
        case Told::confirmation:
            return rails::Source::confirmation;
        case Told::list:
            return rails::Source::pull;
        case Told::person:
            return rails::Source::person;
    }
    assertion_failed("a teller of the enum", std::source_location::current());
}

// One payment being applied.
class Intake {
  public:
    Intake(store::Tx& tx, const rails::PaybillPayment& payment, Told told,
           const deposits::ObserveContext& context, Instant now)
        : tx_(tx), payment_(payment), told_(told), context_(context), now_(now) {}

    IntakeOutcome apply() {
        if (const auto subject = ledger::booked_under(tx_, payment_.receipt)) {
            keep_raw(*subject);
            suspense::settle_claim(tx_, payment_.receipt, now_);
            return {};
        }
        if (told_ == Told::confirmation && context_.confirm_above &&
            payment_.amount > *context_.confirm_above) {
            return claim();
        }
        suspense::settle_claim(tx_, payment_.receipt, now_);
        auto order = find_order(tx_, payment_);
        if (!order) {
            return keep(is_of_lost_order() ? Reason::lost_order : Reason::no_order, nullptr);
        }
        if (is_paid(tx_, *order)) return keep(Reason::paid_twice, &*order);
        if (payment_.amount < order->amount) return keep(Reason::underpaid, &*order);
        if (payment_.amount > order->amount) return more(*order);
        return exact(order->id);
    }

  private:
    [[nodiscard]] std::int64_t shortcode() const {
        return payment_.shortcode != 0 ? payment_.shortcode : context_.shortcode;
    }

    // What only looks like a prompt's reference is an order's when there may have been one: made in
    // a time that an older backup lacked.
    [[nodiscard]] bool is_of_lost_order() const {
        if (!payment_.prompted) return false;
        return payment_.surely_prompted ||
               restore::may_lack(tx_, id_time(payment_.prompted->value()));
    }

    void keep_raw(std::int64_t subject) {
        if (payment_.raw.empty()) return;
        deposits::keep_message(tx_, DepositId{subject},
                               told_ == Told::confirmation ? deposits::RailMessageKind::confirmation
                                                           : deposits::RailMessageKind::pulled,
                               now_, payment_.raw);
    }

    IntakeOutcome claim() {
        const auto id = suspense::keep_claim(
            tx_,
            {.receipt = payment_.receipt,
             .at = now_,
             .amount = payment_.amount,
             .reference = payment_.reference,
             .phone = payment_.phone,
             .about = payment_.surely_prompted ? payment_.prompted : std::nullopt,
             .shortcode = shortcode()},
            context_.fresh_id);
        keep_raw(id);
        return {.what = Taken::claimed, .deposit = nothing_new()};
    }

    IntakeOutcome exact(DepositId order) {
        auto outcome = deposits::observe(tx_, order,
                                         {.source = source_of(told_),
                                          .fate = rails::Fate::paid,
                                          .code = "0",
                                          .description = {},
                                          .checkout_request_id = {},
                                          .merchant_request_id = {},
                                          .receipt = payment_.receipt,
                                          .amount = payment_.amount,
                                          .raw = payment_.raw,
                                          .shortcode = shortcode()},
                                         context_, now_);
        const bool paid = outcome.what == Observed::paid || outcome.what == Observed::paid_late;
        if (paid) keep_payer(tx_, payment_.receipt, payment_.phone);
        const auto what = outcome.what == Observed::paid        ? Taken::credited
                          : outcome.what == Observed::paid_late ? Taken::credited_late
                                                                : Taken::paid_twice;
        return {.what = what, .deposit = std::move(outcome)};
    }

    IntakeOutcome more(Deposit& order) {
        const auto merchant = context_.merchants->by_id(order.merchant);
        LANGO_REQUIRE(merchant);
        if (merchant->paybill_amount == merchants::PaybillAmount::exact) {
            return keep(Reason::overpaid, &order);
        }
        const auto item = put(Reason::overpaid, &order);
        auto credited = deposits::credit(
            tx_, order,
            {.receipt = payment_.receipt, .from = suspense::account(), .books_receipt = false},
            context_, now_);
        LANGO_REQUIRE(credited.booked);
        suspense::allocate(tx_, item, order.id, order.amount, now_, "rule at-least");
        order.flags |= deposits::Flag::attention;
        deposits::note(tx_, order, EventKind::amount_differs, now_, payment_.receipt);
        return {.what = Taken::rest_kept,
                .deposit = {
                    .what = order.has(deposits::Flag::late) ? Observed::paid_late : Observed::paid,
                    .postback = std::move(credited.postback)}};
    }

    IntakeOutcome keep(Reason reason, Deposit* about) {
        static_cast<void>(put(reason, about));
        const bool twice = reason == Reason::paid_twice;
        if (about != nullptr) {
            about->flags |= deposits::Flag::attention;
            deposits::note(tx_, *about,
                           twice ? EventKind::second_receipt : EventKind::amount_differs, now_,
                           payment_.receipt);
        }
        return {.what = twice ? Taken::paid_twice : Taken::kept,
                .deposit = {.what = twice   ? Observed::second_receipt
                                    : about ? Observed::amount_differs
                                            : Observed::unknown_deposit,
                            .postback = {}}};
    }

    suspense::Item put(Reason reason, const Deposit* about) {
        suspense::Item item{.id = context_.fresh_id,
                            .receipt = payment_.receipt,
                            .amount = payment_.amount,
                            .reason = reason,
                            .reference = payment_.reference,
                            .phone = payment_.phone,
                            .about = {},
                            .credited = {},
                            .paid_at = payment_.paid_at.value_or(now_),
                            .booked_at = now_,
                            .allocated_at = {},
                            .allocated_by = {}};
        if (about != nullptr) item.about = about->id;
        const auto booked = suspense::put(tx_, item, shortcode());
        LANGO_REQUIRE(booked == ledger::Booked::now);
        keep_raw(item.id);
        return item;
    }

    static deposits::ObserveOutcome nothing_new() {
        return {.what = Observed::duplicate, .postback = {}};
    }

    store::Tx& tx_;
    const rails::PaybillPayment& payment_;
    Told told_;
    const deposits::ObserveContext& context_;
    Instant now_;
};

}  // namespace

std::string_view name(Taken taken) {
    switch (taken) {
        case Taken::credited:
            return "credited";
        case Taken::credited_late:
            return "credited_late";
        case Taken::rest_kept:
            return "rest_kept";
        case Taken::kept:
            return "kept";
        case Taken::paid_twice:
            return "paid_twice";
        case Taken::duplicate:
            return "duplicate";
        case Taken::claimed:
            return "claimed";
        case Taken::unreadable:
            return "unreadable";
    }
    return "?";
}

bool is_paid(store::Reader& reader, const Deposit& order) {
    return order.state == deposits::State::paid || deposits::order_is_paid(reader, order);
}

namespace {

std::optional<Deposit> named_order(store::Reader& reader, const rails::PaybillPayment& payment) {
    if (const auto id = find_by_reference(reader, payment.reference)) {
        return deposits::find(reader, *id);
    }
    if (payment.prompted) {
        if (auto order = deposits::find(reader, *payment.prompted)) return order;
    }
    const auto answered = parse_hex16(payment.order);
    return answered ? deposits::find(reader, DepositId{*answered}) : std::nullopt;
}

}  // namespace

std::optional<Deposit> find_order(store::Reader& reader, const rails::PaybillPayment& payment) {
    auto order = named_order(reader, payment);
    // Its reference is closed: the name that the payer meant is another payment's.
    if (order && order->has(deposits::Flag::gave_way)) return std::nullopt;
    return order;
}

IntakeOutcome take(store::Tx& tx, const rails::PaybillPayment& payment, Told told,
                   const deposits::ObserveContext& context, Instant now) {
    auto receipt = rails::read_receipt(payment.receipt);
    if (!receipt) return {.what = Taken::unreadable};
    auto read = payment;
    read.receipt = *std::move(receipt);
    return Intake{tx, read, told, context, now}.apply();
}

}  // namespace lango::paybill
