#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "deposits/deposit.hpp"
#include "refunds/refunds_fixture.hpp"

namespace lango::refunds::test {
namespace {

TEST_F(Refunds, OfAllOfAPaymentIsAReversal) {
    const auto deposit = paid();
    const auto refund = make(of(deposit));
    ASSERT_TRUE(refund);
    EXPECT_EQ(refund->method, Method::reversal);
    EXPECT_EQ(refund->receipt, "UKN1AAAAAA");
    EXPECT_EQ(refund->deposit, deposit);
    EXPECT_EQ(refund->payout.amount, Money::kes(1000));
    EXPECT_EQ(refund->payout.kind, withdrawals::Kind::refund);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, OfAPartIsAPayoutToTheSamePhone) {
    const auto deposit = paid();
    const auto refund = make(of(deposit, 300));
    ASSERT_TRUE(refund);
    EXPECT_EQ(refund->method, Method::payout);
    EXPECT_EQ(refund->payout.phone.raw(), "254720000001");
    auto reversed = of(deposit, 300);
    reversed.method = Method::reversal;
    EXPECT_EQ(refused(reversed), "A reversal sends a payment back whole: refund a part by payout.");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, ShowInTheStoryOfTheirDeposit) {
    const auto deposit = paid();
    const auto id = made(of(deposit, 300));
    const auto story = book_.write([&](store::Tx& tx) { return deposits::events(tx, deposit); });
    EXPECT_EQ(story.back().kind, deposits::EventKind::refund);
    EXPECT_EQ(story.back().detail, hex16(id.value()) + ": KES 300 by payout");
    const auto refunds = book_.write([&](store::Tx& tx) { return of_deposit(tx, deposit); });
    ASSERT_EQ(refunds.size(), 1U);
    EXPECT_EQ(refunds[0].reason, "not delivered");
    EXPECT_EQ(refunds[0].who, "a person");
}

TEST_F(Refunds, SumToNoMoreThanCameIn) {
    const auto deposit = paid();
    static_cast<void>(made(of(deposit, 300)));
    static_cast<void>(made(of(deposit, 650)));
    EXPECT_EQ(refused(of(deposit, 51)), "Of KES 1000 that came in, KES 50 is left to refund.");
    const auto rest = make(of(deposit));
    ASSERT_TRUE(rest);
    EXPECT_EQ(rest->payout.amount, Money::kes(50));
    EXPECT_EQ(refused(of(deposit)), "All of receipt UKN1AAAAAA is refunded, or about to be.");
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, ThatFailedMayBeMadeAgain) {
    const auto deposit = paid();
    const auto first = sent(of(deposit));
    EXPECT_EQ(see(first, PayoutFate::failed, PayoutSource::result, "", "1"), Settled::failed);
    auto second = of(deposit);
    second.method = Method::payout;
    EXPECT_EQ(refused(second), "");
    EXPECT_EQ(broken_laws(), "");
}

// Sixty-four of 100 at once, of one deposit of 1000: the writer lets ten through.
TEST_F(Refunds, SixtyFourAtOnceSumToNoMoreThanTheDeposit) {
    const auto deposit = paid();
    int let_through = 0;
    int refused = 0;
    for (int i = 0; i < 64; ++i) {
        boost::asio::co_spawn(
            book_.context(),
            [](store::Store& store, NewRefund wanted, const merchants::Directory& merchants,
               Instant now, int& yes, int& no) -> boost::asio::awaitable<void> {
                const auto made = co_await store.write([wanted, &merchants, now](store::Tx& tx) {
                    return refunds::create(tx, wanted, merchants, now);
                });
                ++(made ? yes : no);
            }(book_.store(), of(deposit, 100), directory(), now_, let_through, refused),
            boost::asio::detached);
    }
    const auto refunds = book_.write([&](store::Tx& tx) { return of_deposit(tx, deposit); });
    EXPECT_EQ(let_through, 10);
    EXPECT_EQ(refused, 54);
    EXPECT_EQ(refunds.size(), 10U);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, NeedWhatIsFreeOnTheMerchantsBalance) {
    const auto deposit = paid(5000);
    ASSERT_TRUE(create(101'000));  // of 105 000: 4000 is free
    EXPECT_EQ(refused(of(deposit)), "Insufficient balance: KES 4000 is free.");
    EXPECT_EQ(refused(of(deposit, 4000)), "");
    EXPECT_EQ(balance().free(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, OfALateDepositAreLikeAnyOther) {
    const auto deposit = ordered();
    book_.write([&](store::Tx& tx) {
        auto row = deposits::find(tx, deposit);
        row->due_at.reset();
        deposits::become(tx, *row, deposits::State::pushing, deposits::EventKind::push_sent, now_,
                         "");
        deposits::become(tx, *row, deposits::State::failed, deposits::EventKind::failed, now_,
                         "1037");
    });
    EXPECT_EQ(refused(of(deposit)), "The order is not paid: there is nothing to refund.");
    EXPECT_EQ(arrives(deposit, "UKNLATE001", 1000), deposits::Observed::paid_late);
    EXPECT_EQ(refused(of(deposit)), "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, OfMoneyThatCameTwiceLeaveSuspense) {
    const auto deposit = paid();
    EXPECT_EQ(arrives(deposit, "UKN2AAAAAA", 1000), deposits::Observed::second_receipt);
    auto second = of(deposit);
    second.receipt = "UKN2AAAAAA";
    const auto id = sent(second);
    EXPECT_EQ(balance(suspense).held, Money::kes(1000));
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(balance(suspense).posted, Money::zero());
    EXPECT_EQ(balance().posted, Money::kes(101'000));
    EXPECT_EQ(balance(paybill_account).posted, Money::kes(-1000));
    EXPECT_EQ(refused(second), "All of receipt UKN2AAAAAA is refunded, or about to be.");
    EXPECT_EQ(refused(of(deposit)), "") << "the first payment is another's receipt";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, OfAnotherAmountThanAskedForLeaveSuspense) {
    const auto deposit = ordered();
    EXPECT_EQ(arrives(deposit, "UKN3AAAAAA", 900), deposits::Observed::amount_differs);
    EXPECT_EQ(refused(of(deposit)), "The order is not paid: there is nothing to refund.");
    auto wrong = of(deposit);
    wrong.receipt = "UKN3AAAAAA";
    const auto refund = make(wrong);
    ASSERT_TRUE(refund);
    EXPECT_EQ(refund->payout.amount, Money::kes(900));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, OfMoneyWithoutAnOrderNeedAPhone) {
    const auto deposit = paid();
    arrives(deposit, "UKN2AAAAAA", 1000);
    auto stray = of(deposit);
    stray.deposit.reset();
    stray.receipt = "UKN2AAAAAA";
    EXPECT_EQ(refused(stray), "Nobody knows who paid this: name the phone.");
    stray.phone = Msisdn::parse("254799999999");
    const auto refund = make(stray);
    ASSERT_TRUE(refund);
    EXPECT_FALSE(refund->deposit);
    EXPECT_EQ(balance(suspense).held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, AreRefusedWithWhatIsWrong) {
    const auto deposit = paid();
    const auto other = paid(500, "UKN9AAAAAA");
    EXPECT_EQ(refused(of(DepositId{77})), "There is no such order.");
    auto wrong = of(deposit);
    wrong.receipt = "UKN9AAAAAA";
    EXPECT_EQ(refused(wrong), "That receipt paid another order.");
    arrives(other, "UKN8AAAAAA", 500);
    wrong.receipt = "UKN8AAAAAA";
    EXPECT_EQ(refused(wrong), "That receipt did not come for this order.");
    wrong.receipt = "NOBODYS000";
    EXPECT_EQ(refused(wrong), "No money has come in with receipt NOBODYS000.");
    wrong.deposit.reset();
    wrong.receipt.clear();
    EXPECT_EQ(refused(wrong), "Name the order or the receipt.");
    wrong = of(deposit);
    wrong.reason.clear();
    EXPECT_EQ(refused(wrong), "Give a reason of 1 to 200 characters.");
    EXPECT_EQ(refused(of(deposit, 0)), "M-PESA moves whole shillings, at least one.");
    EXPECT_EQ(refused(of(deposit, -5)), "M-PESA moves whole shillings, at least one.");
    wrong = of(deposit);
    wrong.amount = Money{10'050, Currency::kes()};
    EXPECT_EQ(refused(wrong), "M-PESA moves whole shillings, at least one.");
    EXPECT_EQ(refused(of(deposit, 9)), "M-PESA pays out at least KES 10.");
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

// The rail paid one of them twice: what is left to refund is less by both.
TEST_F(Refunds, ThatLeftTwiceCountTwice) {
    const auto deposit = paid();
    const auto id = sent(of(deposit, 300));
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "SG10000001"), Settled::paid);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "SG20000002"),
              Settled::contradiction);
    EXPECT_EQ(refused(of(deposit, 401)), "Of KES 1000 that came in, KES 400 is left to refund.");
    EXPECT_EQ(refused(of(deposit, 400)), "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Refunds, ThatLeftTwiceMayBeMoreThanCameInAndTheLawSeesIt) {
    const auto id = sent(of(paid(), 600));
    see(id, PayoutFate::paid, PayoutSource::result, "SG10000001");
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "SG20000002"),
              Settled::contradiction);
    EXPECT_EQ(
        broken_laws(),
        "RefundedAtMostCaptured: receipt UKN1AAAAAA of 100000: refunds of it sum to 120000\n");
}

// An order's `refunded` is of its own payment, not of what came for it beside.
TEST_F(Refunds, OfMoneyThatCameTwiceAreNoneOfTheOrdersPayment) {
    const auto deposit = paid();
    arrives(deposit, "UKN2AAAAAA", 1000);
    auto second = of(deposit);
    second.receipt = "UKN2AAAAAA";
    see(sent(second), PayoutFate::paid);
    see(sent(of(deposit, 300)), PayoutFate::paid, PayoutSource::result, "SG10000001");
    const auto refunds = book_.write([&](store::Tx& tx) { return of_deposit(tx, deposit); });
    ASSERT_EQ(refunds.size(), 2U);
    EXPECT_EQ(paid_back(refunds, "UKN1AAAAAA"), Money::kes(300));
    EXPECT_EQ(paid_back(refunds, "UKN2AAAAAA"), Money::kes(1000));
}

// What leaves is no deposit: a payout's receipt cannot be refunded, nor a reversal's.
TEST_F(Refunds, OfWhatWentOutAreRefused) {
    const auto deposit = paid();
    see(sent(of(deposit)), PayoutFate::paid);
    auto wrong = of(deposit);
    wrong.deposit.reset();
    wrong.receipt = "UKN1AAAAAA/reversed";
    EXPECT_EQ(refused(wrong), "No money has come in with receipt UKN1AAAAAA/reversed.");
}

// The laws of refunds, broken by hand.
class RefundLaw : public Refunds {
  protected:
    RefundLaw() : deposit_(paid()), id_(sent(of(deposit_, 600))) { see(id_, PayoutFate::paid); }
    std::string after(store::Sql broken) {
        EXPECT_EQ(broken_laws(), "");
        book_.write([&](store::Tx& tx) { EXPECT_EQ(tx.run(broken), 1); });
        return broken_laws();
    }
    DepositId deposit_;
    WithdrawalId id_;
};

TEST_F(RefundLaw, SeesMoreRefundedThanCaptured) {
    const auto other = made(of(deposit_, 400));
    EXPECT_EQ(refused(of(deposit_, 10)), "All of receipt UKN1AAAAAA is refunded, or about to be.");
    book_.write([&](store::Tx& tx) {
        EXPECT_EQ(
            tx.run("UPDATE refunds SET receipt = 'UKN7AAAAAA' WHERE withdrawal_id = ?1", other), 1);
    });
    EXPECT_EQ(broken_laws(),
              "RefundedAtMostCaptured: receipt UKN7AAAAAA of 0: refunds of it sum to 40000\n");
}

TEST_F(RefundLaw, SeesARefundOfNothing) {
    EXPECT_EQ(after("DELETE FROM refunds"),
              "RefundedAtMostCaptured: withdrawal " + hex16(id_.value()) +
                  " is a refund of nothing, or is refunded and is no refund\n");
}

// Whatever made a second refund of the same money: what the rail has done stands in the books.
TEST_F(RefundLaw, TellsWhatPaidMoreThanCameIn) {
    const auto other = sent(of(deposit_, 400));
    book_.write([&](store::Tx& tx) {
        EXPECT_EQ(tx.run("UPDATE withdrawals SET amount = 50000 WHERE id = ?1", other), 1);
        tx.run("UPDATE holds SET amount = 50000 WHERE subject_id = ?1", other);
        tx.run("UPDATE accounts SET held = held + 10000 WHERE kind = 2");
    });
    EXPECT_EQ(see(other, PayoutFate::paid, PayoutSource::result, "SG632NMUAC"), Settled::paid);
    EXPECT_TRUE(row(other).has(Flag::attention));
    EXPECT_EQ(
        broken_laws(),
        "RefundedAtMostCaptured: receipt UKN1AAAAAA of 100000: refunds of it sum to 110000\n");
}

TEST_F(RefundLaw, StopsWhatWasNotHeld) {
    const auto other = sent(of(deposit_, 400));
    book_.write([&](store::Tx& tx) {
        tx.run("UPDATE holds SET amount = 30000 WHERE subject_id = ?1", other);
        tx.run("UPDATE accounts SET held = held - 10000 WHERE kind = 2");
    });
    EXPECT_THROW(see(other, PayoutFate::paid, PayoutSource::result, "SG632NMUAC"),
                 ledger::LawBroken);
    EXPECT_EQ(row(other).state, State::sent);
}

}  // namespace
}  // namespace lango::refunds::test
