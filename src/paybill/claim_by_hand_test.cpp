#include "paybill/claim_by_hand.hpp"

#include <gmock/gmock.h>

#include "paybill/paybill_fixture.hpp"
#include "people/trail.hpp"

namespace lango::paybill::test {
namespace {

using testing::HasSubstr;

class ClaimsByHand : public Paybill {
  protected:
    ClaimsByHand() { confirm_above_ = Money::kes(500); }

    static ClaimByHand said(std::optional<Money> amount = {},
                            const std::string& note = "seen at the portal") {
        return {.receipt = receipt, .amount = amount, .who = "anna", .note = note};
    }
    // What became of it, or why nothing did.
    std::string book(const ClaimByHand& claim) {
        const auto outcome = write([&, context = context()](store::Tx& tx) {
            return book_claim(tx, claim, context, now_);
        });
        if (!outcome) return outcome.error();
        postbacks_ += outcome->deposit.postback ? 1 : 0;
        return std::string{name(outcome->what)};
    }
    std::string dismiss(const ClaimByHand& claim) {
        return write([&](store::Tx& tx) { return dismiss_claim(tx, claim, now_); });
    }
    std::size_t waiting() {
        return write([](store::Tx& tx) { return suspense::open_claims(tx, 9); }).size();
    }
    // "who act subject detail" of each act, the latest first.
    std::string acts() {
        std::string all;
        for (const auto& act : write([](store::Tx& tx) { return people::trail(tx, 9); })) {
            all += act.who + " " + act.act + " " + act.subject + " " + act.detail + "\n";
        }
        return all;
    }
    static constexpr const char* receipt = "UKN7000001";
};

TEST_F(ClaimsByHand, GoToSuspenseAsThoseThatTheListProves) {
    ASSERT_EQ(take(typed("mistyped")), Taken::claimed);
    EXPECT_EQ(book(said()), "kept");
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    const auto kept = item(receipt);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->reference, "mistyped");
    EXPECT_EQ(kept->phone, "2547 ***** 149");
    EXPECT_EQ(kept->reason, suspense::Reason::no_order);
    EXPECT_EQ(waiting(), 0U);
    EXPECT_EQ(acts(), "anna claim booked UKN7000001 KES 1000: seen at the portal\n");
    EXPECT_EQ(take(typed("mistyped"), Told::list), Taken::duplicate);
    EXPECT_EQ(book(said()), "That receipt is booked already.");
    EXPECT_EQ(dismiss(said()), "That receipt is booked already.");
    EXPECT_EQ(allocate(receipt, in(State::failed)), "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ClaimsByHand, CreditTheOrderWhoseReferenceWasTyped) {
    const auto order = in(State::failed);
    ASSERT_EQ(take(payment(order)), Taken::claimed);
    EXPECT_EQ(book(said(Money::kes(1000))), "credited_late");
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ClaimsByHand, OfASecondPaymentStandBesideTheOrderWithTheAmountThatWasSeen) {
    confirm_above_ = {};
    const auto order = in(State::paid);
    write([&](store::Tx& tx) {
        return suspense::keep_claim(tx,
                                    {.receipt = receipt,
                                     .at = now_,
                                     .amount = Money::zero(),
                                     .reference = {},
                                     .phone = {},
                                     .about = order},
                                    77);
    });
    EXPECT_THAT(book(said()), HasSubstr("--amount"));
    EXPECT_EQ(acts(), "");
    EXPECT_EQ(book(said(Money::kes(700))), "paid_twice");
    EXPECT_EQ(item(receipt)->about, order);
    EXPECT_EQ(in_suspense(), Money::kes(700));
    EXPECT_EQ(waiting(), 0U);
    EXPECT_EQ(broken_laws(), "");
}

// The shop has another shortcode since; the rail still tells of payments to the one of before.
class ClaimsOfAFormerShortcode : public ClaimsByHand {
  protected:
    Money at(std::int64_t number) {
        return -balance({.kind = ledger::AccountKind::rail, .owner = number});
    }
    static rails::PaybillPayment to_former(rails::PaybillPayment payment) {
        payment.shortcode = former;
        return payment;
    }
    DepositId prompted_by_former(State state) {
        const auto order = in(state);
        write([&](store::Tx& tx) {
            tx.run("UPDATE deposits SET shortcode = ?2 WHERE id = ?1", order, former);
        });
        return order;
    }
    static constexpr std::int64_t former = 600123;
};

TEST_F(ClaimsOfAFormerShortcode, AreBookedThereWhenTheirReferenceWasNobodys) {
    ASSERT_EQ(take(to_former(typed("mistyped"))), Taken::claimed);
    EXPECT_EQ(book(said()), "kept");
    EXPECT_EQ(at(former), Money::kes(1000));
    EXPECT_EQ(at_the_rail(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ClaimsOfAFormerShortcode, AreBookedThereWhenTheyCreditAnOrderOfTodays) {
    const auto order = in(State::failed);
    ASSERT_EQ(take(to_former(payment(order))), Taken::claimed);
    EXPECT_EQ(book(said()), "credited_late");
    EXPECT_EQ(state_of(order), State::paid);
    EXPECT_EQ(at(former), Money::kes(1000));
    EXPECT_EQ(at_the_rail(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ClaimsOfAFormerShortcode, AreBookedThereWhenAPromptOfBeforeWasPaidTwice) {
    confirm_above_ = {};
    const auto order = prompted_by_former(State::paid);
    auto again = success(receipt);
    again.amount.reset();
    ASSERT_EQ(observe(order, again), deposits::Observed::claimed_again);
    const auto before = at_the_rail();
    EXPECT_EQ(book(said(Money::kes(700))), "paid_twice");
    EXPECT_EQ(at(former), Money::kes(700));
    EXPECT_EQ(at_the_rail(), before);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ClaimsOfAFormerShortcode, ThatKeptNoneHaveTheirPromptsElseTheConfiguredOne) {
    confirm_above_ = {};
    const auto order = prompted_by_former(State::paid);
    const auto before = at_the_rail();
    for (const auto about : {std::optional{order}, std::optional<DepositId>{}}) {
        auto claim = said(Money::kes(700));
        if (!about) claim.receipt = "UKN7000002";
        write([&](store::Tx& tx) {
            return suspense::keep_claim(tx,
                                        {.receipt = claim.receipt,
                                         .at = now_,
                                         .amount = Money::zero(),
                                         .reference = {},
                                         .phone = {},
                                         .about = about},
                                        about ? 77 : 78);
        });
        EXPECT_EQ(book(claim), about ? "paid_twice" : "kept");
    }
    EXPECT_EQ(at(former), Money::kes(700));
    EXPECT_EQ(at_the_rail(), before + Money::kes(700));
}

TEST_F(ClaimsByHand, AreDismissedWithANoteAndBookedStillIfTheListHasThem) {
    ASSERT_EQ(take(typed("mistyped")), Taken::claimed);
    EXPECT_EQ(dismiss(said({}, "forged: the portal has no such receipt")), "");
    EXPECT_EQ(waiting(), 0U);
    EXPECT_FALSE(write([&](store::Tx& tx) { return suspense::waiting_claims(tx, {}); }));
    EXPECT_EQ(acts(), "anna claim dismissed UKN7000001 forged: the portal has no such receipt\n");
    EXPECT_EQ(dismiss(said()), "It was dismissed before.");
    EXPECT_EQ(at_the_rail(), Money::zero());
    EXPECT_EQ(take(typed("mistyped")), Taken::claimed);
    EXPECT_EQ(waiting(), 0U) << "told again, it calls nobody again";
    EXPECT_EQ(broken_laws(), "");
    EXPECT_EQ(take(typed("mistyped"), Told::list), Taken::kept);
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ClaimsByHand, WaitNoMoreOnceSomebodyFindsTheirReceiptBooked) {
    for (const bool dismissed : {false, true}) {
        ASSERT_EQ(take(typed("mistyped")), Taken::claimed);
        write([](store::Tx& tx) {
            tx.run("UPDATE paybill_claims SET settled_at = NULL");
            tx.run("DELETE FROM odd_receipts");
            tx.run("INSERT INTO odd_receipts (receipt, reads) VALUES ('ukn7000001', 'UKN7000001')");
        });
        auto by_form_of_before = said();
        by_form_of_before.receipt = "ukn7000001";
        EXPECT_EQ(dismissed ? dismiss(by_form_of_before) : book(said()),
                  "That receipt is booked already.");
        EXPECT_EQ(waiting(), 0U);
        write([](store::Tx& tx) { tx.run("DELETE FROM odd_receipts"); });
    }
    EXPECT_EQ(at_the_rail(), Money::zero());
}

TEST_F(ClaimsByHand, AreRefusedWithoutANoteOrAClaimOrWithAnotherAmount) {
    EXPECT_EQ(book(said()), "There is no such claim: lango paybill list.");
    EXPECT_EQ(dismiss(said()), "There is no such claim: lango paybill list.");
    ASSERT_EQ(take(typed("mistyped")), Taken::claimed);
    EXPECT_EQ(book(said({}, "")), "Say what was seen, and where: --note TEXT.");
    EXPECT_EQ(dismiss(said({}, "")), "Say what was seen, and where: --note TEXT.");
    EXPECT_EQ(book(said({}, std::string(501, 'x'))), "The note is longer than 500 bytes.");
    EXPECT_EQ(book(said(Money::kes(999))), "The claim is of KES 1000: leave --amount out.");
    EXPECT_EQ(waiting(), 1U);
    EXPECT_EQ(acts(), "");
    EXPECT_EQ(at_the_rail(), Money::zero());
}

}  // namespace
}  // namespace lango::paybill::test
