#include "withdrawals/close.hpp"

#include <stdexcept>

#include "base/result.hpp"
#include "ledger/ledger.hpp"
#include "withdrawals/approval_rules.hpp"
#include "withdrawals/payout_float.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::withdrawals {

namespace {

constexpr int status_success = 1;  // the page, Withdrawal statuses
constexpr int status_fail = 5;

std::optional<postbacks::Message> tell(store::Tx& tx, const Withdrawal& withdrawal, int status,
                                       const SettleContext& context, Instant now) {
    if (withdrawal.kind == Kind::manual || withdrawal.kind == Kind::refund) return std::nullopt;
    const auto merchant = context.merchants->by_id(withdrawal.merchant);
    if (!merchant) throw std::runtime_error{"its merchant is not known"};
    return postbacks::create_for_withdrawal(tx, PostbackId{context.fresh_id}, *merchant,
                                            *context.rates,
                                            {.id = withdrawal.id,
                                             .withdrawal_id = withdrawal.withdrawal_id,
                                             .label = withdrawal.label,
                                             .comment = withdrawal.comment,
                                             .phone = withdrawal.phone,
                                             .amount = withdrawal.amount,
                                             .status = status},
                                            now, context.postback_lease);
}

// A refund's recipient is no choice of the merchant's: nobody has let his withdrawals go there.
void remember(store::Tx& tx, const Withdrawal& withdrawal, const SettleContext& context) {
    if (withdrawal.kind == Kind::refund) return;
    const auto merchant = context.merchants->by_id(withdrawal.merchant);
    if (merchant) remember_recipient(tx, *merchant, withdrawal.phone);
}

// What has left is booked whatever it breaks; `lango verify` tells it, and a person is called.
void note_over_refunded(store::Tx& tx, Withdrawal& withdrawal, Instant now) {
    if (withdrawal.kind != Kind::refund) return;
    const auto receipt = tx.first(
        "SELECT receipt FROM refunds WHERE withdrawal_id = ?1",
        [](const store::Row& row) { return row.string(0); }, withdrawal.id);
    if (!receipt || ledger::refunded(tx, *receipt) <= ledger::captured(tx, *receipt)) return;
    withdrawal.flags |= Flag::attention;
    note(tx, withdrawal, EventKind::over_refunded, now, *receipt);
}

bool is_held(const Withdrawal& withdrawal) {
    return withdrawal.kind != Kind::test && !withdrawal.has(Flag::uncovered);
}

}  // namespace

ledger::AccountRef rail_account(store::Reader& reader, const Withdrawal& withdrawal,
                                const SettleContext& context) {
    const auto reversal = reversal_of(reader, withdrawal);
    return {.kind = ledger::AccountKind::rail,
            .owner = reversal ? reversal->shortcode
                              : withdrawal.route.value_or(context.route).shortcode};
}

bool pay(store::Tx& tx, Withdrawal& withdrawal, std::string_view receipt, std::string_view detail,
         const SettleContext& context, Instant now, std::optional<postbacks::Message>& postback) {
    if (withdrawal.kind != Kind::test) {
        if (ledger::is_used(tx, receipt)) return false;
        ledger::Transaction transaction{
            .subject_id = withdrawal.id.value(),
            .outcome = ledger::Outcome::withdrawal_paid,
            .booked_at = now,
            .postings = {{rail_account(tx, withdrawal, context), withdrawal.amount},
                         {ledger::held_from(tx, withdrawal.id.value()),
                          -(withdrawal.amount + withdrawal.fee)}},
            .receipt = receipt,
            .amount = withdrawal.amount};
        if (!withdrawal.fee.is_zero()) {
            transaction.postings.push_back(
                {{.kind = ledger::AccountKind::fees, .owner = 0}, withdrawal.fee});
        }
        // First, so that what the payout takes is free of its own hold.
        ledger::capture(tx, withdrawal.id.value());
        const auto booked = ledger::book(tx, transaction);
        LANGO_REQUIRE(booked == ledger::Booked::now);
        count_paid(tx, transaction.postings.front().account.owner, withdrawal.amount);
        remember(tx, withdrawal, context);
        note_over_refunded(tx, withdrawal, now);
    }
    withdrawal.receipt = receipt;
    withdrawal.result_code = "0";
    withdrawal.due_at.reset();
    become(tx, withdrawal, State::paid, EventKind::paid, now, detail);
    postback = tell(tx, withdrawal, status_success, context, now);
    return true;
}

std::optional<postbacks::Message> fail(store::Tx& tx, Withdrawal& withdrawal, EventKind kind,
                                       std::string_view code, const SettleContext& context,
                                       Instant now) {
    if (is_held(withdrawal)) ledger::release(tx, withdrawal.id.value());
    withdrawal.result_code = code;
    withdrawal.due_at.reset();
    become(tx, withdrawal, State::failed, kind, now, code);
    auto postback = tell(tx, withdrawal, status_fail, context, now);
    return postback;
}

}  // namespace lango::withdrawals
