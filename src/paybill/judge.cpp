#include "paybill/judge.hpp"

#include <algorithm>

#include "deposits/deposit.hpp"
#include "paybill/intake.hpp"

namespace lango::paybill {

namespace {

bool fits(Money paid, const deposits::Deposit& order, const merchants::Directory& merchants) {
    if (paid < order.amount) return false;
    const auto merchant = merchants.by_id(order.merchant);
    return paid == order.amount ||
           (merchant && merchant->paybill_amount == merchants::PaybillAmount::at_least);
}

}  // namespace

Verdict judge(store::Reader& reader, const std::optional<rails::PaybillPayment>& payment,
              const Rules& rules, const merchants::Directory& merchants) {
    // What cannot be read says nothing against the payment: at worst its money waits in suspense.
    if (!payment) return {.objection = Objection::none, .order = {}};
    if (payment->shortcode != 0 && !rules.numbers.empty() &&
        std::ranges::find(rules.numbers, payment->shortcode) == rules.numbers.end()) {
        return {.objection = Objection::number, .order = {}};
    }
    const auto order = find_order(reader, *payment);
    if (!order) {
        return {.objection = rules.takes_unknown ? Objection::none : Objection::account,
                .order = {}};
    }
    if (is_paid(reader, *order)) return {.objection = Objection::paid, .order = {}};
    if (!fits(payment->amount, *order, merchants)) {
        return {.objection = Objection::amount, .order = {}};
    }
    return {.objection = Objection::none, .order = order->id};
}

}  // namespace lango::paybill
