#include "backoffice/refund_text.hpp"

#include "withdrawals/approve.hpp"

namespace lango::backoffice {

void write_refund(json::Writer& writer, const refunds::Refund& refund) {
    const auto& payout = refund.payout;
    writer.member("refund_id", hex16(payout.id.value()))
        .member("order_id", refund.deposit ? hex16(refund.deposit->value()) : std::string{})
        .member("receipt", refund.receipt)
        .member("amount", payout.amount.text())
        .member("method", name(refund.method))
        .member("state", withdrawals::name(payout.state))
        .member("gone", refund.gone.text())
        // Whoever approves says yes to this number, and must see all of it.
        .member("phone", payout.has(withdrawals::Flag::approval) ? payout.phone.raw()
                                                                 : payout.phone.masked())
        .member("reason", refund.reason)
        .member("who", refund.who)
        .member("created_at", format_rfc3339(payout.created_at))
        .member("closed_at", payout.closed_at ? format_rfc3339(*payout.closed_at) : std::string{})
        .member("paid_with", payout.receipt)
        .member("result_code", payout.result_code)
        .key("attention")
        .boolean(payout.has(withdrawals::Flag::attention))
        .key("needs_approval")
        .boolean(payout.has(withdrawals::Flag::approval))
        .member("approval_code", withdrawals::approval_code(payout));
}

}  // namespace lango::backoffice
