#include "paybill/allocate.hpp"

#include "deposits/credit.hpp"
#include "paybill/intake.hpp"
#include "suspense/item.hpp"

namespace lango::paybill {

namespace {

std::string kes(Money amount) { return "KES " + amount.text(); }

// Empty when it may be done.
std::string objection(store::Reader& reader, const std::optional<suspense::Item>& item,
                      const std::optional<deposits::Deposit>& order) {
    if (!item) return "There is no such money in suspense.";
    if (!order) return "There is no such order.";
    if (order->has(deposits::Flag::gave_way)) {
        return "That order gave its name to a payment of the merchant's own.";
    }
    if (item->credited) return suspense::for_no_order(reader, *item);
    if (is_paid(reader, *order)) return "The order is paid already.";
    if (item->amount < order->amount) {
        return "The order is of " + kes(order->amount) + ", and " + kes(item->amount) + " came.";
    }
    if (item->amount - item->written_off < order->amount) {
        return "Of what came, " + kes(item->written_off) + " has been written off.";
    }
    return suspense::for_no_order(reader, *item);
}

}  // namespace

Result<deposits::ObserveOutcome, std::string> allocate(store::Tx& tx, std::string_view receipt,
                                                       DepositId order_id, std::string_view who,
                                                       const deposits::ObserveContext& context,
                                                       Instant now) {
    const auto item = suspense::find(tx, receipt);
    auto order = deposits::find(tx, order_id);
    if (auto why_not = objection(tx, item, order); !why_not.empty()) {
        return Unexpected<std::string>{std::move(why_not)};
    }
    auto credited = deposits::credit(tx, *order,
                                     {.receipt = item->receipt,
                                      .from = suspense::account(),
                                      .books_receipt = false,
                                      .who = std::string{who}},
                                     context, now);
    LANGO_REQUIRE(credited.booked);
    suspense::allocate(tx, *item, order->id, order->amount, now, who);
    return deposits::ObserveOutcome{.what = order->has(deposits::Flag::late)
                                                ? deposits::Observed::paid_late
                                                : deposits::Observed::paid,
                                    .postback = std::move(credited.postback)};
}

}  // namespace lango::paybill
