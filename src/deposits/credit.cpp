#include "deposits/credit.hpp"

#include "base/check.hpp"
#include "deposits/phone_guard.hpp"

namespace lango::deposits {

namespace {

ledger::Booked book(store::Tx& tx, const Deposit& deposit, const Payment& payment, Money fee,
                    Instant now) {
    LANGO_CHECK(deposit.amount.minor() > 0, "a deposit is of some money");
    LANGO_CHECK(fee.minor() >= 0 && fee.minor() <= deposit.amount.minor(),
                "the commission is a part of the amount");
    LANGO_CHECK(payment.from.kind == ledger::AccountKind::rail ||
                    payment.from.kind == ledger::AccountKind::suspense,
                "a deposit's money comes from the rail, or has waited in suspense");
    LANGO_CHECK(!payment.receipt.empty(), "a deposit is credited for a receipt");
    ledger::Transaction transaction{
        .subject_id = deposit.id.value(),
        .outcome = ledger::Outcome::deposit_paid,
        .booked_at = now,
        .postings = {{payment.from, -deposit.amount},
                     {{.kind = ledger::AccountKind::merchant, .owner = deposit.merchant.value()},
                      deposit.amount - fee}},
        .receipt = std::nullopt,
        .amount = deposit.amount};
    if (payment.books_receipt) transaction.receipt = payment.receipt;
    if (!fee.is_zero()) {
        transaction.postings.push_back({{.kind = ledger::AccountKind::fees, .owner = 0}, fee});
    }
    return ledger::book(tx, transaction);
}

}  // namespace

Credited credit(store::Tx& tx, Deposit& deposit, const Payment& payment,
                const ObserveContext& context, Instant now) {
    const auto merchant = context.merchants->by_id(deposit.merchant);
    LANGO_REQUIRE(merchant);
    LANGO_CHECK(context.rates && context.fresh_id > 0, "a credit has what its postback is made of");
    if (book(tx, deposit, payment, deposit.fee.value_or(merchant->fee(deposit.amount)), now) !=
        ledger::Booked::now) {
        return {};
    }
    if (is_closed(deposit.state)) deposit.flags |= Flag::late;
    deposit.receipt = payment.receipt;
    deposit.result_code = "0";
    deposit.due_at.reset();
    become(tx, deposit, State::paid, EventKind::paid, now,
           payment.who.empty() ? payment.receipt : payment.receipt + ", by " + payment.who);
    release_guard(tx, deposit.id, deposit.phone, now);
    return {.booked = true,
            .postback = postbacks::create_for_deposit(
                tx, PostbackId{context.fresh_id}, *merchant, *context.rates,
                {.id = deposit.id,
                 .label = deposit.label,
                 .custom_transaction_id = deposit.custom_transaction_id,
                 .amount = deposit.amount,
                 .receipt = payment.receipt,
                 .paid_at = now},
                now, context.postback_lease)};
}

}  // namespace lango::deposits
