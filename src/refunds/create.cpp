#include "refunds/create.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "deposits/deposit.hpp"
#include "ledger/ledger.hpp"
#include "paybill/payer.hpp"
#include "rails/payer_phone.hpp"
#include "rails/ways_back.hpp"
#include "refunds/approval.hpp"
#include "refunds/retry.hpp"
#include "suspense/item.hpp"
#include "withdrawals/create.hpp"

namespace lango::refunds {

namespace {

using Refused = Unexpected<std::string>;

constexpr std::size_t reason_max = 200;

// What came in, and for whom.
struct Source {
    std::string receipt;
    Money captured = Money::zero();
    Money purse = Money::zero();        // the part of it that stands, or stood, on this account
    Money gone = Money::zero();         // refunded of that, or about to be
    Money gone_in_all = Money::zero();  // of the receipt, from whichever account
    std::optional<deposits::Deposit> deposit{};
    ledger::AccountRef account = suspense::account();
    std::string payer{};  // rails/payer_phone.hpp; "": as the deposit says
};

std::string kes(Money amount) { return "KES " + amount.text(); }

// Whether the deposit's story names the receipt: money that came for it and was not booked on it.
bool tells_of(store::Reader& reader, DepositId deposit, const std::string& receipt) {
    for (const auto& event : deposits::events(reader, deposit)) {
        const bool kept = event.kind == deposits::EventKind::second_receipt ||
                          event.kind == deposits::EventKind::amount_differs;
        if (kept && event.detail == receipt) return true;
    }
    return false;
}

Result<Source, std::string> paid_deposit(Source source, store::Reader& reader, DepositId owner) {
    if (source.deposit && source.deposit->id != owner) {
        return Refused{"That receipt paid another order."};
    }
    if (!source.deposit) source.deposit = deposits::find(reader, owner);
    LANGO_REQUIRE(source.deposit);
    source.account = withdrawals::merchant_account(source.deposit->merchant);
    source.purse = source.captured;
    source.gone = source.gone_in_all;
    source.payer = paybill::payer_of(reader, source.receipt);
    return source;
}

// What was given to an order is its merchant's; the rest stands in suspense.
Result<Source, std::string> item_in_suspense(Source source, store::Reader& reader) {
    const auto item = suspense::find(reader, source.receipt);
    if (!item) return Refused{"There is no such money in suspense."};
    source.payer = item->phone;
    const auto of_order =
        item->credited ? ledger::refunded(reader, source.receipt, item->credited) : Money::zero();
    const bool is_orders = item->credited && (source.deposit ? source.deposit->id == *item->credited
                                                             : item->allocated == item->amount);
    if (is_orders) {
        if (!source.deposit) source.deposit = deposits::find(reader, *item->credited);
        LANGO_REQUIRE(source.deposit);
        source.account = withdrawals::merchant_account(source.deposit->merchant);
        source.purse = item->allocated;
        source.gone = of_order;
        return source;
    }
    if (source.deposit && !tells_of(reader, source.deposit->id, source.receipt)) {
        return Refused{item->allocated == item->amount
                           ? "That receipt paid another order."
                           : "That receipt did not come for this order."};
    }
    source.purse = item->amount - item->allocated - item->written_off;
    source.gone = source.gone_in_all - of_order;
    return source;
}

Result<Source, std::string> find_source(store::Reader& reader, const NewRefund& wanted) {
    Source source{.receipt = wanted.receipt};
    if (wanted.deposit) {
        source.deposit = deposits::find(reader, *wanted.deposit);
        if (!source.deposit) return Refused{"There is no such order."};
        if (source.receipt.empty()) {
            if (source.deposit->state != deposits::State::paid) {
                return Refused{"The order is not paid: there is nothing to refund."};
            }
            source.receipt = source.deposit->receipt;
        }
    }
    if (source.receipt.empty()) return Refused{"Name the order or the receipt."};
    struct Booked {
        std::int64_t subject;
        ledger::Outcome outcome;
    };
    const auto booked = reader.first(
        "SELECT subject_id, outcome FROM receipts WHERE receipt = ?1",
        [](const store::Row& row) {
            return Booked{row.integer(0), static_cast<ledger::Outcome>(row.integer(1))};
        },
        source.receipt);
    source.captured = ledger::captured(reader, source.receipt);
    source.gone_in_all = ledger::refunded(reader, source.receipt);
    if (!booked || source.captured.is_zero()) {
        return Refused{"No money has come in with receipt " + source.receipt + "."};
    }
    if (booked->outcome == ledger::Outcome::deposit_paid) {
        return paid_deposit(std::move(source), reader, DepositId{booked->subject});
    }
    return item_in_suspense(std::move(source), reader);
}

Result<Money, std::string> amount_of(const Source& source, const std::optional<Money>& wanted) {
    const auto left = std::min(source.purse - source.gone, source.captured - source.gone_in_all);
    if (left.minor() <= 0) {
        return Refused{"All of receipt " + source.receipt + " is refunded, or about to be."};
    }
    const auto amount = wanted.value_or(left);
    if (amount.minor() <= 0 || !amount.is_whole()) {
        return Refused{"M-PESA moves whole shillings, at least one."};
    }
    LANGO_CHECK(source.gone.minor() >= 0 && source.gone_in_all.minor() >= 0,
                "what has gone back is counted from 0");
    if (left < amount) {
        return Refused{"Of " + kes(source.purse) + " that came in, " + kes(left) +
                       " is left to refund."};
    }
    return amount;
}

Result<Method, std::string> method_of(const Source& source, Money amount,
                                      const std::optional<Method>& wanted) {
    const bool whole = rails::can_be_reversed(amount, source.captured);
    const auto method = wanted.value_or(whole ? Method::reversal : Method::payout);
    if (method == Method::reversal && !whole) {
        return Refused{"A reversal sends a payment back whole: refund a part by payout."};
    }
    if (method == Method::payout && !rails::can_be_paid_out(amount)) {
        return Refused{"M-PESA pays out at least " + kes(rails::payout_min) + "."};
    }
    return method;
}

// A reversal finds its payer by itself.
Result<Msisdn, std::string> phone_of(const Source& source, Method method,
                                     const std::optional<Msisdn>& wanted) {
    const auto payer = Msisdn::parse(source.payer);
    if (wanted && method == Method::reversal && (payer || source.deposit)) {
        return Refused{"A reversal finds its payer by itself: name no phone."};
    }
    if (wanted) return *wanted;
    if (payer) return *payer;
    if (!source.deposit) return Refused{"Nobody knows who paid this: name the phone."};
    const bool known = rails::phone_form(source.payer) != rails::PhoneForm::none;
    if (method == Method::payout && known && !rails::may_be(source.payer, source.deposit->phone)) {
        return Refused{"Another phone than the order's paid this: name it."};
    }
    if (method == Method::payout && source.deposit->phone.is_hidden()) {
        return Refused{"The payer's number was masked: name the phone."};
    }
    return source.deposit->phone;
}

void write(store::Tx& tx, const Refund& refund, const NewRefund& wanted, Instant now) {
    const bool named = !wanted.retry_key.empty();
    LANGO_CHECK(refund.payout.amount.minor() > 0 && !refund.receipt.empty(),
                "a refund gives back some of a receipt");
    const auto written = tx.run(
        "INSERT INTO refunds (withdrawal_id, receipt, deposit_id, method, reason, who, retry_key, "
        "asked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        refund.payout.id, refund.receipt, refund.deposit, refund.method, refund.reason, refund.who,
        named ? std::optional{wanted.retry_key} : std::nullopt,
        named ? std::optional{asked(wanted)} : std::nullopt);
    LANGO_CHECK(written == 1, "a refund is one row");
    if (!refund.deposit) return;
    auto told = deposits::find(tx, *refund.deposit);
    LANGO_REQUIRE(told);
    deposits::note(tx, *told, deposits::EventKind::refund, now,
                   hex16(refund.payout.id.value()) + ": " + kes(refund.payout.amount) + " by " +
                       std::string{name(refund.method)});
}

// Row and hold of the withdrawal that it is; the error for people.
Result<withdrawals::Withdrawal, std::string> hold(store::Tx& tx, const NewRefund& wanted,
                                                  const Source& source, Money amount, Msisdn phone,
                                                  bool needs_approval, int needed, Instant now) {
    const auto made =
        withdrawals::create(tx,
                            {.id = wanted.id,
                             .merchant = source.deposit ? source.deposit->merchant : MerchantId{0},
                             .withdrawal_id = {},
                             .label = source.deposit ? source.deposit->label : std::string{},
                             .phone = phone,
                             .amount = amount,
                             .fee = Money::zero(),
                             .comment = wanted.reason,
                             .kind = withdrawals::Kind::refund,
                             .needs_approval = needs_approval,
                             .approvals_needed = needed,
                             .created_by = wanted.who,
                             .held_from = source.account},
                            now);
    if (!made) {
        const auto free = ledger::balance(tx, source.account).free();
        return Refused{"Insufficient balance: " + kes(free) + " is free."};
    }
    auto payout = withdrawals::find(tx, wanted.id);
    LANGO_REQUIRE(payout);
    LANGO_CHECK(payout->amount == amount && payout->kind == withdrawals::Kind::refund,
                "a refund is paid as it was asked for");
    return *std::move(payout);
}

}  // namespace

Result<Made, std::string> create(store::Tx& tx, const NewRefund& wanted,
                                 const merchants::Directory& merchants, Instant now) {
    if (wanted.reason.empty() || wanted.reason.size() > reason_max) {
        return Refused{"Give a reason of 1 to 200 characters."};
    }
    if (wanted.retry_key.size() > retry_key_max) {
        return Refused{"A retry key has at most 64 characters."};
    }
    const auto before = made_before(tx, wanted);
    if (!before) return Refused{before.error()};
    if (*before) return Made{.id = **before, .before = true};
    const auto source = find_source(tx, wanted);
    if (!source) return Refused{source.error()};
    const auto merchant = source->deposit ? merchants.by_id(source->deposit->merchant) : nullptr;
    if (merchant != nullptr && merchant->is_disabled) {
        return Refused{std::string{merchants::disabled_text}};
    }
    const auto amount = amount_of(*source, wanted.amount);
    if (!amount) return Refused{amount.error()};
    const auto method = method_of(*source, *amount, wanted.method);
    if (!method) return Refused{method.error()};
    const auto phone = phone_of(*source, *method, wanted.phone);
    if (!phone) return Refused{phone.error()};
    const bool asks =
        needs_approval(tx, merchant.get(), *method, *phone,
                       is_the_payers(*phone, source->payer, source->deposit), *amount, now);
    const int needed = merchant != nullptr ? merchant->payout_rules.needed : 1;
    auto payout = hold(tx, wanted, *source, *amount, *phone, asks, needed, now);
    if (!payout) return Refused{payout.error()};
    count_for_rules(tx, merchant.get(), *amount, now);
    Refund refund{.payout = *std::move(payout),
                  .receipt = source->receipt,
                  .deposit = std::nullopt,
                  .method = *method,
                  .reason = wanted.reason,
                  .who = wanted.who};
    if (source->deposit) refund.deposit = source->deposit->id;
    write(tx, refund, wanted, now);
    return Made{.id = wanted.id};
}

}  // namespace lango::refunds
