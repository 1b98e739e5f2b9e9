// For tests: deposits that were paid, and refunds of them, moved by the commands that the gateway
// uses.
#pragma once
#include <string>
#include <utility>

#include "deposits/create.hpp"
#include "deposits/observe.hpp"
#include "refunds/create.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::refunds::test {

using namespace std::chrono_literals;
using rails::PayoutFate;
using rails::PayoutSource;
using rails::Submitted;
using withdrawals::EventKind;
using withdrawals::Flag;
using withdrawals::Settled;
using withdrawals::State;
using withdrawals::test::shop;

inline constexpr std::int64_t paybill = 174379;
inline constexpr ledger::AccountRef suspense{.kind = ledger::AccountKind::suspense, .owner = 0};
inline constexpr ledger::AccountRef paybill_account{.kind = ledger::AccountKind::rail,
                                                    .owner = paybill};
inline constexpr ledger::AccountRef payout_account{.kind = ledger::AccountKind::rail,
                                                   .owner = withdrawals::test::shortcode};

class Refunds : public withdrawals::test::Withdrawals {
  protected:
    // A deposit that waits for its payer.
    DepositId ordered(std::int64_t shillings = 1000) {
        const DepositId id{next_id()};
        const auto phone = "2547" + std::to_string(20'000'000 + ++orders_);
        const auto made = book_.write([&](store::Tx& tx) {
            return deposits::create(tx,
                                    {.id = id,
                                     .merchant = shop,
                                     .custom_transaction_id = hex16(id.value()),
                                     .label = "user",
                                     .phone = *Msisdn::parse(phone),
                                     .amount = Money::kes(shillings)},
                                    {}, now_);
        });
        EXPECT_TRUE(made);
        return id;
    }
    // The rail's own list names money of the order.
    deposits::Observed arrives(DepositId id, const std::string& receipt, std::int64_t shillings) {
        return book_
            .write([&](store::Tx& tx) {
                const auto about = context();
                return deposits::observe(tx, id,
                                         {.source = rails::Source::pull,
                                          .fate = rails::Fate::paid,
                                          .code = "0",
                                          .description = {},
                                          .checkout_request_id = {},
                                          .merchant_request_id = {},
                                          .receipt = receipt,
                                          .amount = Money::kes(shillings),
                                          .raw = {}},
                                         {.merchants = about.merchants,
                                          .rates = about.rates,
                                          .fresh_id = about.fresh_id,
                                          .shortcode = paybill,
                                          .timing = {},
                                          .postback_lease = 30s,
                                          .confirm_above = std::nullopt},
                                         now_);
            })
            .what;
    }
    DepositId paid(std::int64_t shillings = 1000, const std::string& receipt = "UKN1AAAAAA") {
        const auto id = ordered(shillings);
        EXPECT_EQ(arrives(id, receipt, shillings), deposits::Observed::paid);
        return id;
    }

    NewRefund of(DepositId deposit, std::optional<std::int64_t> shillings = std::nullopt) {
        return {.id = WithdrawalId{next_id()},
                .deposit = deposit,
                .receipt = {},
                .amount = shillings ? std::optional{Money::kes(*shillings)} : std::nullopt,
                .method = std::nullopt,
                .phone = std::nullopt,
                .reason = "not delivered",
                .who = "a person"};
    }
    Result<Refund, std::string> make(const NewRefund& wanted) {
        const auto made = book_.write(
            [&](store::Tx& tx) { return refunds::create(tx, wanted, directory(), now_); });
        if (!made) return Unexpected<std::string>{made.error()};
        return *book_.write([&](store::Tx& tx) { return refunds::find(tx, made->id); });
    }
    // The text of a refusal; "" when it was made.
    std::string refused(const NewRefund& wanted) {
        const auto made = make(wanted);
        return made ? std::string{} : made.error();
    }
    WithdrawalId made(const NewRefund& wanted) {
        const auto refund = make(wanted);
        EXPECT_TRUE(refund) << refund.error();
        return refund->payout.id;
    }
    // Taken by the rail.
    WithdrawalId sent(const NewRefund& wanted) {
        const auto id = made(wanted);
        EXPECT_EQ(take(), 1U);
        answer(id, Submitted::accepted);
        return id;
    }
    // As the connector reads R000001.
    static rails::PayoutSeen done_before() {
        rails::PayoutSeen seen;
        seen.fate = PayoutFate::paid;
        seen.code = "R000001";
        seen.done_before = true;
        seen.reversed = "UKN1AAAAAA";
        return seen;
    }
    std::vector<EventKind> story(WithdrawalId id) {
        std::vector<EventKind> kinds;
        for (const auto& event :
             book_.write([&](store::Tx& tx) { return withdrawals::events(tx, id); })) {
            kinds.push_back(event.kind);
        }
        return kinds;
    }

  private:
    int orders_ = 0;
};

}  // namespace lango::refunds::test
