#include "paybill/intake.hpp"

#include "paybill/paybill_fixture.hpp"
#include "rails/daraja/prompt_reference.hpp"

namespace lango::paybill::test {
namespace {

class PaybillMoney : public Paybill {};

TEST_F(PaybillMoney, OfTheOrdersAmountCreditsItInEveryState) {
    int nth = 0;
    std::int64_t orders = 0;
    for (const auto state : deposits::test::states) {
        if (state == State::paid) continue;
        const auto order = in(state);
        const bool closed = deposits::is_closed(state);
        EXPECT_EQ(take(payment(order, "UKN70000" + std::to_string(10 + ++nth))),
                  closed ? Taken::credited_late : Taken::credited)
            << name(state);
        EXPECT_EQ(state_of(order), State::paid);
        EXPECT_EQ(the(order).has(deposits::late), closed);
        EXPECT_EQ(kept(order).back().kind, deposits::RailMessageKind::confirmation);
        ++orders;
    }
    EXPECT_EQ(credited() + fees(), Money::kes(1000 * orders));
    EXPECT_EQ(postbacks_, orders);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ToldByPromptAndConfirmationBooksOnceInBothOrders) {
    for (const bool prompt_first : {true, false}) {
        const auto order = in(State::prompted);
        const std::string receipt = prompt_first ? "UKN000000A" : "UKN000000B";
        auto told = typed(rails::daraja::prompt_reference(order), receipt);
        told.prompted = order;
        if (prompt_first) {
            EXPECT_EQ(observe(order, success(receipt)), deposits::Observed::paid);
            EXPECT_EQ(take(told), Taken::duplicate);
        } else {
            EXPECT_EQ(take(told), Taken::credited);
            EXPECT_EQ(observe(order, success(receipt)), deposits::Observed::duplicate);
        }
        EXPECT_EQ(take(told, Told::list), Taken::duplicate);
        EXPECT_EQ(observe(order, pulled(receipt)), deposits::Observed::duplicate);
        EXPECT_EQ(the(order).receipt, receipt);
    }
    EXPECT_EQ(postbacks_, 2);
    EXPECT_EQ(at_the_rail(), Money::kes(2000));
    EXPECT_EQ(in_suspense(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ToldAnyNumberOfTimesCreditsOnce) {
    const auto order = in(State::failed);
    const auto told = payment(order);
    EXPECT_EQ(take(told), Taken::credited_late);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(take(told), Taken::duplicate);
    EXPECT_EQ(take(told, Told::list), Taken::duplicate);
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(at_the_rail(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

// A database of before there was one reader of receipts: it stands as it was told then.
TEST_F(PaybillMoney, BookedUnderAReceiptOfBeforeIsKnown) {
    const auto order = in(State::failed);
    EXPECT_EQ(take(payment(order, "RKL51ZDR4F")), Taken::credited_late);
    write([](store::Tx& tx) {
        tx.run("UPDATE receipts SET receipt = 'rkl51zdr4f'");
        tx.run("INSERT INTO odd_receipts (receipt, reads) VALUES ('rkl51zdr4f', 'RKL51ZDR4F')");
    });
    const auto told = typed("mistyped", "RKL51ZDR4F");
    for (const auto by : {Told::confirmation, Told::list, Told::person}) {
        EXPECT_EQ(take(told, by), Taken::duplicate);
    }
    EXPECT_EQ(take(payment(order, "RKL51ZDR4F")), Taken::duplicate);
    EXPECT_EQ(kept(order).back().body, "confirmation of RKL51ZDR4F");
    // One that a version which did not know had made a claim of.
    static_cast<void>(write([&](store::Tx& tx) {
        return suspense::keep_claim(tx,
                                    {.receipt = "RKL51ZDR4F",
                                     .at = now_,
                                     .amount = Money::kes(20'000),
                                     .reference = {},
                                     .phone = {},
                                     .about = {}},
                                    77);
    }));
    write([&](store::Tx& tx) { suspense::settle_booked_claims(tx, now_); });
    EXPECT_TRUE(write([](store::Tx& tx) { return suspense::open_claims(tx, 9); }).empty());
    EXPECT_EQ(at_the_rail(), Money::kes(1000));
}

TEST_F(PaybillMoney, WithNobodysReferenceWaitsInSuspense) {
    EXPECT_EQ(take(typed("chips and soda")), Taken::kept);
    EXPECT_EQ(take(typed("", "UKN7000002")), Taken::kept);
    EXPECT_EQ(take(typed("chips and soda")), Taken::duplicate);
    EXPECT_EQ(in_suspense(), Money::kes(2000));
    const auto kept_item = item("UKN7000001");
    ASSERT_TRUE(kept_item);
    EXPECT_EQ(kept_item->reason, suspense::Reason::no_order);
    EXPECT_EQ(kept_item->reference, "chips and soda");
    EXPECT_EQ(kept_item->phone, "2547 ***** 149");
    EXPECT_EQ(kept(DepositId{kept_item->id}).front().body, "confirmation of UKN7000001");
    EXPECT_EQ(broken_laws(), "");
}

// Any twelve letters and digits can be read as the reference of a prompt.
class TypedLikeAPrompts : public PaybillMoney {
  protected:
    // Made two minutes ago, and not in the database.
    [[nodiscard]] DepositId gone() const { return DepositId{id_floor(now_ - 2min) + 7}; }
    static rails::PaybillPayment as_read(const std::string& reference, const std::string& receipt) {
        auto told = typed(reference, receipt);
        told.prompted = rails::daraja::read_prompt_reference(reference);
        EXPECT_TRUE(told.prompted) << reference;
        return told;
    }
    suspense::Reason reason_of(const std::string& reference) {
        const auto receipt = "UKN700000" + std::to_string(++payments_);
        EXPECT_EQ(take(as_read(reference, receipt)), Taken::kept);
        return item(receipt)->reason;
    }
    void restored(Instant data_to, Instant found_at) {
        write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO restorations (number, found_at, why, data_to, lifted_at, lifted_by) "
                "VALUES (1, ?1, 'a test', ?2, ?1, 'anna')",
                found_at, data_to);
        });
    }

  private:
    int payments_ = 0;
};

TEST_F(TypedLikeAPrompts, IsNobodysReferenceWhereNoOrderCanBeGone) {
    EXPECT_EQ(reason_of("HELLO1234567"), suspense::Reason::no_order);
    EXPECT_EQ(reason_of(rails::daraja::prompt_reference(gone())), suspense::Reason::no_order);
}

TEST_F(TypedLikeAPrompts, IsALostOrdersOnlyIfItWasMadeInTheTimeThatABackupLacks) {
    restored(now_ - 5min, now_ - 1min);
    EXPECT_EQ(reason_of(rails::daraja::prompt_reference(gone())), suspense::Reason::lost_order);
    EXPECT_EQ(reason_of("HELLO1234567"), suspense::Reason::no_order);
    const DepositId older{id_floor(now_ - 60min)};
    EXPECT_EQ(reason_of(rails::daraja::prompt_reference(older)), suspense::Reason::no_order);
}

TEST_F(TypedLikeAPrompts, IsALostOrdersWhereTheTellerProvedIt) {
    auto told = typed("order 1234", "UKN7000001");
    told.prompted = gone();
    told.surely_prompted = true;
    EXPECT_EQ(take(told), Taken::kept);
    EXPECT_EQ(item("UKN7000001")->reason, suspense::Reason::lost_order);
}

TEST_F(PaybillMoney, ForAnOrderWhoseNameIsTheMerchantsOwnNowWaitsInSuspense) {
    const auto order = in(State::failed);
    const auto told = payment(order);
    write([&, name = the(order).custom_transaction_id](store::Tx& tx) {
        deposits::give_way(tx, MerchantId{1}, name, DepositId{77}, now_);
    });
    EXPECT_EQ(take(told), Taken::kept);
    EXPECT_EQ(item("UKN7000001")->reason, suspense::Reason::no_order);
    auto by_prompt = typed("x", "UKN7000002");
    by_prompt.prompted = order;
    EXPECT_EQ(take(by_prompt), Taken::kept);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(allocate("UKN7000001", order),
              "That order gave its name to a payment of the merchant's own.");
    EXPECT_EQ(postbacks_, 0);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ThatIsLessThanTheOrderWaitsAndTheOrderStaysOpen) {
    const auto order = in(State::prompted);
    EXPECT_EQ(take(payment(order, "UKN7000001", 999)), Taken::kept);
    EXPECT_EQ(state_of(order), State::prompted);
    EXPECT_TRUE(the(order).has(deposits::attention));
    EXPECT_EQ(story(order).back(), EventKind::amount_differs);
    EXPECT_EQ(item("UKN7000001")->reason, suspense::Reason::underpaid);
    EXPECT_EQ(item("UKN7000001")->about, order);
    EXPECT_EQ(in_suspense(), Money::kes(999));
    // He tries again and gets it right.
    EXPECT_EQ(take(payment(order, "UKN7000002")), Taken::credited);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ThatIsMoreThanTheOrderCreditsItAndKeepsTheRest) {
    const auto order = in(State::expired);
    EXPECT_EQ(take(payment(order, "UKN7000001", 1200)), Taken::rest_kept);
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(the(order).receipt, "UKN7000001");
    EXPECT_EQ(credited(), Money::kes(985)) << "the fee is of the order's amount";
    EXPECT_EQ(fees(), Money::kes(15));
    EXPECT_EQ(in_suspense(), Money::kes(200));
    EXPECT_EQ(at_the_rail(), Money::kes(1200));
    const auto rest = item("UKN7000001");
    EXPECT_EQ(rest->allocated, Money::kes(1000));
    EXPECT_EQ(rest->credited, order);
    EXPECT_EQ(rest->allocated_by, "rule at-least");
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(take(payment(order, "UKN7000001", 1200)), Taken::duplicate);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ThatIsMoreWaitsWhereTheMerchantTakesTheExactAmountOnly) {
    merchant_takes(merchants::PaybillAmount::exact);
    const auto order = in(State::prompted);
    EXPECT_EQ(take(payment(order, "UKN7000001", 1200)), Taken::kept);
    EXPECT_EQ(state_of(order), State::prompted);
    EXPECT_EQ(item("UKN7000001")->reason, suspense::Reason::overpaid);
    EXPECT_EQ(in_suspense(), Money::kes(1200));
    EXPECT_EQ(postbacks_, 0);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ForAnOrderThatIsPaidIsKeptToBeSentBack) {
    const auto order = in(State::paid);
    EXPECT_EQ(take(payment(order)), Taken::paid_twice);
    EXPECT_EQ(story(order).back(), EventKind::second_receipt);
    EXPECT_TRUE(the(order).has(deposits::attention));
    EXPECT_EQ(item("UKN7000001")->reason, suspense::Reason::paid_twice);
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ByPaybillAndByPromptIsSeenAsPaidTwice) {
    const auto order = in(State::prompted);
    EXPECT_EQ(take(payment(order)), Taken::credited);
    EXPECT_EQ(observe(order, success("UKN1234567")), deposits::Observed::second_receipt);
    EXPECT_EQ(item("UKN1234567")->reason, suspense::Reason::paid_twice);
    EXPECT_EQ(credited() + fees(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(broken_laws(), "");
}

// An order of the payment window that is tried again has a deposit for each attempt.
TEST_F(PaybillMoney, ForAnOrderThatAnotherAttemptHasPaidIsKept) {
    const auto attempt = [&](int number) {
        const DepositId id{ids_.next(now_)};
        const auto made = write([&](store::Tx& tx) {
            return deposits::create(
                tx,
                {.id = id,
                 .merchant = MerchantId{1},
                 .custom_transaction_id = "order",
                 .label = "user",
                 .phone = *Msisdn::parse("25470000000" + std::to_string(number)),
                 .amount = Money::kes(1000),
                 .attempt = number},
                {}, now_);
        });
        EXPECT_TRUE(made);
        return id;
    };
    const auto first = attempt(1);
    const auto told = payment(first);
    EXPECT_EQ(take(payment(attempt(2), "UKN7000002")), Taken::credited);
    const auto verdict = write([&](store::Tx& tx) { return judge(tx, told, {}, directory_); });
    EXPECT_EQ(verdict.objection, Objection::paid);
    EXPECT_EQ(take(told), Taken::paid_twice);
    EXPECT_EQ(allocate("UKN7000001", first), "The order is paid already.");
    EXPECT_TRUE(suggestions("UKN7000001").empty());
    EXPECT_EQ(credited() + fees(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, ThatIsMuchIsBelievedWhenTheRailsListHasItToo) {
    confirm_above_ = Money::kes(500);
    const auto order = in(State::failed);
    const auto told = payment(order);
    EXPECT_EQ(take(told), Taken::claimed);
    EXPECT_EQ(take(told), Taken::claimed);
    EXPECT_EQ(state_of(order), State::failed);
    EXPECT_EQ(at_the_rail(), Money::zero());
    const auto open = [&] {
        return write([](store::Tx& tx) { return suspense::open_claims(tx, 9); });
    };
    ASSERT_EQ(open().size(), 1U);
    EXPECT_EQ(open().front().amount, Money::kes(1000));
    EXPECT_EQ(take(told, Told::list), Taken::credited_late);
    EXPECT_TRUE(open().empty());
    EXPECT_EQ(take(told), Taken::duplicate);
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(PaybillMoney, FindsItsOrderByOurAnswerWhenTheReferenceDoesNot) {
    const auto order = in(State::prompted);
    auto told = typed("nonsense");
    told.order = hex16(order.value());
    EXPECT_EQ(take(told), Taken::credited);
    told = typed("nonsense", "UKN7000002");
    told.order = hex16(order.value() + 1);
    EXPECT_EQ(take(told), Taken::kept);
}

class Allocation : public Paybill {};

TEST_F(Allocation, PaysTheOrderFromSuspenseAndSaysWhoDidIt) {
    const auto order = in(State::expired);
    EXPECT_EQ(take(typed("mistyped")), Taken::kept);
    EXPECT_EQ(allocate("UKN7000001", order), "");
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(the(order).receipt, "UKN7000001");
    EXPECT_TRUE(the(order).has(deposits::late));
    EXPECT_EQ(credited(), Money::kes(985));
    EXPECT_EQ(fees(), Money::kes(15));
    EXPECT_EQ(in_suspense(), Money::zero());
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(item("UKN7000001")->allocated_by, "a person");
    EXPECT_EQ(item("UKN7000001")->credited, order);
    EXPECT_EQ(take(typed("mistyped")), Taken::duplicate);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Allocation, LeavesTheRestInSuspense) {
    EXPECT_EQ(take(typed("mistyped", "UKN7000001", 1500)), Taken::kept);
    EXPECT_EQ(allocate("UKN7000001", in(State::failed)), "");
    EXPECT_EQ(in_suspense(), Money::kes(500));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Allocation, IsRefusedWhereMoneyAndOrderDoNotFit) {
    const auto paid = in(State::paid);
    const auto order = in(State::expired);
    EXPECT_EQ(take(typed("x", "UKN7000001", 999)), Taken::kept);
    EXPECT_EQ(take(typed("x", "UKN7000002", 3000)), Taken::kept);
    EXPECT_EQ(allocate("UKN7", order), "There is no such money in suspense.");
    EXPECT_EQ(allocate("UKN7000001", DepositId{77}), "There is no such order.");
    EXPECT_EQ(allocate("UKN7000001", order), "The order is of KES 1000, and KES 999 came.");
    EXPECT_EQ(allocate("UKN7000002", paid), "The order is paid already.");
    EXPECT_EQ(allocate("UKN7000002", order), "");
    EXPECT_EQ(allocate("UKN7000002", in(State::failed)),
              "That receipt has paid order " + hex16(order.value()) +
                  ": what is left of it can only go back.");
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::paybill::test
