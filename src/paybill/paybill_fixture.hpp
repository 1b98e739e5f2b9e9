// For tests: orders of two merchants, and money that comes by paybill.
#pragma once
#include "deposits/deposits_fixture.hpp"
#include "paybill/allocate.hpp"
#include "paybill/intake.hpp"
#include "paybill/judge.hpp"
#include "paybill/reference.hpp"
#include "paybill/suggest.hpp"
#include "suspense/claims.hpp"
#include "suspense/item.hpp"

namespace lango::paybill::test {

using namespace std::chrono_literals;
using deposits::EventKind;
using deposits::State;

class Paybill : public deposits::test::Deposits {
  protected:
    Paybill() { merchant_takes(merchants::PaybillAmount::at_least); }

    void merchant_takes(merchants::PaybillAmount rule) {
        merchants::Merchant shop;
        shop.id = MerchantId{1};
        shop.slug = "shop";
        shop.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        shop.fee_percent = *Decimal::parse("1.5");
        shop.paybill_amount = rule;
        directory_.replace({shop});
    }
    std::string reference(DepositId order) {
        return write([&](store::Tx& tx) { return give_reference(tx, order); });
    }
    // What a payer of this order would send.
    rails::PaybillPayment payment(DepositId order, const std::string& receipt = "UKN7000001",
                                  std::int64_t shillings = 1000) {
        return typed(reference(order), receipt, shillings);
    }
    static rails::PaybillPayment typed(const std::string& reference,
                                       const std::string& receipt = "UKN7000001",
                                       std::int64_t shillings = 1000) {
        return {.receipt = receipt,
                .amount = Money::kes(shillings),
                .reference = reference,
                .prompted = {},
                .phone = "2547 ***** 149",
                .order = {},
                .shortcode = deposits::test::shortcode,
                .paid_at = {},
                .raw = "confirmation of " + receipt};
    }
    Taken take(const rails::PaybillPayment& payment, Told told = Told::confirmation) {
        const auto outcome = write([&, context = context()](store::Tx& tx) {
            return paybill::take(tx, payment, told, context, now_);
        });
        postbacks_ += outcome.deposit.postback ? 1 : 0;
        return outcome.what;
    }
    // Empty: done.
    std::string allocate(const std::string& receipt, DepositId order) {
        const auto outcome = write([&, context = context()](store::Tx& tx) {
            return paybill::allocate(tx, receipt, order, "a person", context, now_);
        });
        if (!outcome) return outcome.error();
        postbacks_ += outcome->postback ? 1 : 0;
        return {};
    }
    std::optional<suspense::Item> item(const std::string& receipt) {
        return write([&](store::Tx& tx) { return suspense::find(tx, receipt); });
    }
    std::vector<Suggestion> suggestions(const std::string& receipt) {
        return write(
            [&](store::Tx& tx) { return suggest(tx, suspense::find(tx, receipt).value(), 10); });
    }
    Money fees() { return balance({.kind = ledger::AccountKind::fees, .owner = 0}); }
    // The sum that came in, wherever it stands.
    Money at_the_rail() {
        return -balance({.kind = ledger::AccountKind::rail, .owner = deposits::test::shortcode});
    }

    deposits::ObserveContext context() {
        return {.merchants = &directory_,
                .rates = rates_,
                .fresh_id = ids_.next(now_),
                .shortcode = deposits::test::shortcode,
                .timing = timing_,
                .postback_lease = 30s,
                .confirm_above = confirm_above_};
    }
};

}  // namespace lango::paybill::test
