// Money from the paybill that is given to an order and sent back: each looks at what the other did,
// so that nobody has it twice.
#include "paybill/allocate.hpp"
#include "paybill/intake.hpp"
#include "paybill/reference.hpp"
#include "refunds/refunds_fixture.hpp"
#include "suspense/item.hpp"

namespace lango::refunds::test {
namespace {

const std::string receipt = "UKN7000001";

class MoneyInSuspense : public Refunds {
  protected:
    void comes(std::int64_t shillings, const std::string& phone = "2547 ***** 001") {
        EXPECT_EQ(comes_with("mistyped", shillings, phone), paybill::Taken::kept);
    }
    // Typed as he was told to.
    void comes_for(DepositId order, const std::string& phone) {
        EXPECT_EQ(comes_to(order, 1000, phone), paybill::Taken::credited);
    }
    // "" when it was done.
    std::string allocate(DepositId order) {
        const auto done = book_.write([&](store::Tx& tx) {
            return paybill::allocate(tx, receipt, order, "a person", observe_context(), now_);
        });
        return done ? std::string{} : done.error();
    }
    std::size_t open_items() {
        return book_.write([](store::Tx& tx) { return suspense::list_open(tx, 0, 10); }).size();
    }
    // Of the receipt, whatever order it paid.
    NewRefund of_receipt(std::optional<std::int64_t> shillings = std::nullopt) {
        auto wanted = of(DepositId{0}, shillings);
        wanted.deposit.reset();
        wanted.receipt = receipt;
        wanted.phone = Msisdn::parse("254720000001");
        return wanted;
    }
    static constexpr auto on_its_way = "Some of that money has gone back, or is about to.";

    paybill::Taken comes_to(DepositId order, std::int64_t shillings,
                            const std::string& phone = "2547 ***** 001") {
        const auto reference =
            book_.write([&](store::Tx& tx) { return paybill::give_reference(tx, order); });
        return comes_with(reference, shillings, phone);
    }

  private:
    paybill::Taken comes_with(const std::string& reference, std::int64_t shillings,
                              const std::string& phone) {
        return book_
            .write([&](store::Tx& tx) {
                return paybill::take(tx,
                                     {.receipt = receipt,
                                      .amount = Money::kes(shillings),
                                      .reference = reference,
                                      .prompted = {},
                                      .phone = phone,
                                      .order = {},
                                      .shortcode = paybill,
                                      .paid_at = {},
                                      .raw = {}},
                                     paybill::Told::list, observe_context(), now_);
            })
            .what;
    }
    deposits::ObserveContext observe_context() {
        const auto about = context();
        return {.merchants = about.merchants,
                .rates = about.rates,
                .fresh_id = about.fresh_id,
                .shortcode = paybill,
                .timing = {},
                .postback_lease = 30s,
                .confirm_above = std::nullopt};
    }
};

TEST_F(MoneyInSuspense, ThatIsAboutToGoBackPaysNoOrder) {
    const auto order = ordered();
    const auto another = ordered();
    comes(1000);
    EXPECT_EQ(arrives(paid(1000, "UKN1AAAAAA"), "UKN2AAAAAA", 1000),
              deposits::Observed::second_receipt)
        << "others' money in the account is no cover";
    const auto id = sent(of_receipt());
    EXPECT_EQ(allocate(order), on_its_way);
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(allocate(another), on_its_way);
    EXPECT_EQ(balance(suspense).posted, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, ThatWentBackInPartPaysNoOrder) {
    const auto order = ordered(500);
    comes(1000);
    static_cast<void>(made(of_receipt(100)));
    EXPECT_EQ(allocate(order), on_its_way);
    EXPECT_EQ(open_items(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, WhoseRefundFailedPaysAnOrder) {
    const auto order = ordered();
    comes(1000);
    const auto id = sent(of_receipt());
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::result, "", "1"), Settled::failed);
    EXPECT_EQ(allocate(order), "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, ThatPaidAnOrderGoesBackFromItsMerchant) {
    const auto order = ordered();
    comes(1000);
    ASSERT_EQ(allocate(order), "");
    const auto refund = make(of(order));
    ASSERT_TRUE(refund) << refund.error();
    EXPECT_EQ(refund->receipt, receipt);
    EXPECT_EQ(refund->method, Method::reversal);
    EXPECT_EQ(refund->deposit, order);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(balance(suspense).held, Money::zero());
    EXPECT_EQ(take(), 1U);
    answer(refund->payout.id, Submitted::accepted);
    EXPECT_EQ(see(refund->payout.id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    EXPECT_EQ(balance(suspense).posted, Money::zero());
    EXPECT_EQ(refused(of(order)), "All of receipt UKN7000001 is refunded, or about to be.");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, ThatPaidAnOrderIsTheOrdersAlsoWhenOnlyTheReceiptIsNamed) {
    const auto order = ordered();
    comes(1000);
    ASSERT_EQ(allocate(order), "");
    const auto refund = make(of_receipt(400));
    ASSERT_TRUE(refund) << refund.error();
    EXPECT_EQ(refund->deposit, order);
    EXPECT_EQ(balance().held, Money::kes(400));
    EXPECT_EQ(refused(of(order, 601)), "Of KES 1000 that came in, KES 600 is left to refund.");
    EXPECT_EQ(broken_laws(), "");
}

// 1500 came for an order of 1000: what its merchant has and what is left are two purses.
TEST_F(MoneyInSuspense, ThatIsMoreThanItsOrderGoesBackFromTwoPurses) {
    const auto order = ordered(1000);
    comes(1500);
    ASSERT_EQ(allocate(order), "");
    EXPECT_EQ(refused(of(order, 1001)), "Of KES 1000 that came in, KES 1000 is left to refund.");
    EXPECT_EQ(refused(of_receipt(501)), "Of KES 500 that came in, KES 500 is left to refund.");
    static_cast<void>(made(of_receipt(200)));
    static_cast<void>(made(of_receipt()));
    EXPECT_EQ(balance(suspense).held, Money::kes(500));
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(refused(of_receipt()), "All of receipt UKN7000001 is refunded, or about to be.");
    EXPECT_EQ(open_items(), 0U);
    static_cast<void>(made(of(order)));
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(refused(of(order)), "All of receipt UKN7000001 is refunded, or about to be.");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, IsNotAnotherOrdersToRefund) {
    const auto order = ordered();
    auto others = of(ordered());
    others.receipt = receipt;
    comes(1000);
    EXPECT_EQ(refused(others), "That receipt did not come for this order.");
    ASSERT_EQ(allocate(order), "");
    EXPECT_EQ(refused(others), "That receipt paid another order.");
    EXPECT_EQ(balance(suspense).held, Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, ThatAnotherPhoneSentIsNotPaidOutToTheOrders) {
    const auto order = ordered();
    comes(1000, "2547 ***** 999");
    ASSERT_EQ(allocate(order), "");
    auto part = of(order, 300);
    EXPECT_EQ(refused(part), "Another phone than the order's paid this: name it.");
    part.phone = Msisdn::parse("254799999999");
    EXPECT_EQ(refused(part), "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, GoesBackToThePhoneThatTheRailNamed) {
    comes(1000, "254799999999");
    auto all = of_receipt();
    all.phone.reset();
    const auto refund = make(all);
    ASSERT_TRUE(refund) << refund.error();
    EXPECT_EQ(refund->payout.phone.raw(), "254799999999");
    EXPECT_EQ(broken_laws(), "");
}

// The order names who should have been prompted; who paid it by paybill may be another.
class PaidByPaybill : public MoneyInSuspense {
  protected:
    Refund part(DepositId order, const char* phone = nullptr) {
        auto wanted = of(order, 300);
        if (phone != nullptr) wanted.phone = Msisdn::parse(phone);
        const auto refund = make(wanted);
        EXPECT_TRUE(refund) << refund.error();
        return *refund;
    }
};

TEST_F(PaidByPaybill, GoesBackToWhoPaid) {
    const auto order = ordered();
    comes_for(order, "254799999999");
    const auto refund = part(order);
    EXPECT_EQ(refund.payout.phone.raw(), "254799999999");
    EXPECT_EQ(refund.payout.state, State::queued);
}

TEST_F(PaidByPaybill, GoesToTheOrdersPhoneWhenTheMaskFitsIt) {
    const auto order = ordered();
    comes_for(order, "2547 ***** 001");
    const auto refund = part(order);
    EXPECT_EQ(refund.payout.phone.raw(), "254720000001");
    EXPECT_EQ(refund.payout.state, State::queued);
}

TEST_F(PaidByPaybill, ByAnotherWaitsForApprovalWhateverPhoneIsNamed) {
    const auto order = ordered();
    comes_for(order, "2547 ***** 999");
    EXPECT_EQ(refused(of(order, 300)), "Another phone than the order's paid this: name it.");
    EXPECT_EQ(part(order, "254720000001").payout.state, State::waiting);
    EXPECT_EQ(part(order, "254799999999").payout.state, State::waiting);
    EXPECT_EQ(broken_laws(), "");
}

// Called failed, it left all the same, and the order that was paid with it meanwhile keeps its
// money: nobody has the same shilling twice from then on.
TEST_F(MoneyInSuspense, ThatLeftAfterAllIsNotSentBackFromItsOrderToo) {
    const auto order = ordered();
    comes(1000);
    const auto id = sent(of_receipt());
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::result, "", "1"), Settled::failed);
    EXPECT_EQ(allocate(order), "");
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"),
              Settled::contradiction);
    EXPECT_EQ(refused(of(order)), "All of receipt UKN7000001 is refunded, or about to be.");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(MoneyInSuspense, ThatLeftAfterAllIsNotOpenAnyMore) {
    comes(1000);
    const auto id = sent(of_receipt());
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::result, "", "1"), Settled::failed);
    EXPECT_EQ(open_items(), 1U);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "UKNREV0001"),
              Settled::contradiction);
    EXPECT_EQ(open_items(), 0U);
}

// What neither an order, a reversal nor a payout can move, and nothing else, is given up.
class LeftInSuspense : public MoneyInSuspense {
  protected:
    // More than the order's amount, typed as he was told to, from the phone of of_receipt().
    void overpays(std::int64_t shillings) {
        order_ = ordered(1000);
        EXPECT_EQ(comes_to(order_, shillings, "254720000001"), paybill::Taken::rest_kept);
    }
    // What was written off, or why nothing was.
    std::string write_off() {
        return book_.write([&](store::Tx& tx) {
            const auto done = suspense::write_off(tx, receipt, now_);
            return done ? "KES " + done->text() : done.error();
        });
    }
    NewRefund by(Method method) {
        auto wanted = of_receipt();
        wanted.method = method;
        return wanted;
    }
    DepositId order_{0};
};

TEST_F(LeftInSuspense, LessThanAPayoutOfAnOverpaymentIsWrittenOff) {
    overpays(1005);
    EXPECT_EQ(refused(by(Method::payout)), "M-PESA pays out at least KES 10.");
    EXPECT_NE(refused(by(Method::reversal)), "");
    EXPECT_NE(allocate(ordered(5)), "");
    EXPECT_EQ(write_off(), "KES 5");
    EXPECT_EQ(open_items(), 0U);
    EXPECT_EQ(balance(suspense).posted, Money::zero());
    EXPECT_EQ(refused(of_receipt()), "All of receipt UKN7000001 is refunded, or about to be.");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(LeftInSuspense, WhatAPayoutCanMoveIsNotWrittenOff) {
    overpays(1010);
    EXPECT_EQ(write_off(), "KES 10 is left of it, which can be sent back.");
    EXPECT_EQ(refused(by(Method::payout)), "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(LeftInSuspense, WhatAnOrderCanHaveOrAReversalMoveIsNotWrittenOff) {
    comes(5);
    EXPECT_EQ(write_off(), "KES 5 is left of it, which can be given to an order or sent back.");
    EXPECT_EQ(refused(by(Method::reversal)), "");
}

TEST_F(LeftInSuspense, WhatARefundLeftIsWrittenOffOnceTheRefundIsOver) {
    overpays(1015);
    const auto id = sent(of_receipt(10));
    EXPECT_EQ(write_off(), "A refund of it is not over: should it fail, more than KES 5 is left.");
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(write_off(), "KES 5");
    EXPECT_EQ(open_items(), 0U);
    EXPECT_EQ(broken_laws(), "");
}

// Cents go while a refund is open; should that fail, no more goes back than what is left.
TEST_F(LeftInSuspense, WhatWasWrittenOffIsNotSentBackToo) {
    comes(1000);
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE suspense_items SET written_off = 50");
        return true;
    });
    EXPECT_EQ(refused(of_receipt(1000)), "Of KES 999.5 that came in, KES 999.5 is left to refund.");
    EXPECT_EQ(allocate(ordered(1000)), "Of what came, KES 0.5 has been written off.");
}

// By hand: what refunds and allocations would do if neither looked at the other.
TEST_F(MoneyInSuspense, GivenTwiceIsSeenByTheLaw) {
    const auto order = ordered();
    comes(1000);
    ASSERT_EQ(allocate(order), "");
    EXPECT_EQ(arrives(paid(1000, "UKN1AAAAAA"), "UKN2AAAAAA", 1000),
              deposits::Observed::second_receipt);
    auto second = of_receipt();
    second.receipt = "UKN2AAAAAA";
    static_cast<void>(made(second));
    EXPECT_EQ(broken_laws(), "");
    book_.write([&](store::Tx& tx) {
        EXPECT_EQ(tx.run("UPDATE refunds SET receipt = ?1 WHERE receipt = 'UKN2AAAAAA'", receipt),
                  1);
    });
    EXPECT_NE(broken_laws().find("SuspenseExplained: item "), std::string::npos);
    EXPECT_NE(broken_laws().find("gave 100000, and 100000 of it go back"), std::string::npos);
}

}  // namespace
}  // namespace lango::refunds::test
