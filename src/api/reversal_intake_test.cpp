// The doors for what the rail tells of reversals (daraja.md 6.3).
#include "api/payout_intake_fixture.hpp"
#include "deposits/create.hpp"
#include "deposits/observe.hpp"
#include "refunds/create.hpp"
#include "withdrawals/halt.hpp"

namespace lango::api::test {
namespace {

class ReversalIntake : public PayoutIntake {
  protected:
    // A deposit of 1000, paid, that is to go back.
    WithdrawalId refund() {
        const DepositId order{ids_.next(start)};
        const WithdrawalId id{ids_.next(start)};
        const auto about = settle_context();
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(deposits::create(tx,
                                         {.id = order,
                                          .merchant = MerchantId{1},
                                          .custom_transaction_id = "o",
                                          .label = "user",
                                          .phone = *Msisdn::parse("254712345678"),
                                          .amount = Money::kes(1000)},
                                         {}, start));
            static_cast<void>(deposits::observe(tx, order,
                                                {.source = rails::Source::pull,
                                                 .fate = rails::Fate::paid,
                                                 .code = "0",
                                                 .description = {},
                                                 .checkout_request_id = {},
                                                 .merchant_request_id = {},
                                                 .receipt = "UKN1000001",
                                                 .amount = Money::kes(1000),
                                                 .raw = {}},
                                                {.merchants = about.merchants,
                                                 .rates = about.rates,
                                                 .fresh_id = about.fresh_id,
                                                 .shortcode = 174379,
                                                 .timing = {},
                                                 .postback_lease = 30s,
                                                 .confirm_above = std::nullopt},
                                                start));
            EXPECT_TRUE(refunds::create(tx,
                                        {.id = id,
                                         .deposit = order,
                                         .receipt = {},
                                         .amount = {},
                                         .method = {},
                                         .phone = {},
                                         .reason = "not delivered",
                                         .who = "a person"},
                                        directory_, start));
        });
        return id;
    }
    WithdrawalId reversing(rails::Submitted reply = rails::Submitted::accepted) {
        const auto id = refund();
        submit(id, reply);
        return id;
    }
    void submit(WithdrawalId id, rails::Submitted reply) {
        const auto about = settle_context();
        store_.write([&](store::Tx& tx) {
            EXPECT_EQ(
                withdrawals::take_payouts(tx, payout_rail_, 9, {}, clock_.now()).payouts.size(),
                1U);
            static_cast<void>(withdrawals::record_sent(
                tx, id,
                {.outcome = reply,
                 .code = "0",
                 .message = {},
                 .conversation_id = reply == rails::Submitted::accepted ? "AG_1" : "",
                 .raw = "{}"},
                about, clock_.now()));
        });
    }
    void stands_late_and_twice(WithdrawalId id) {
        clock_.advance(withdrawals::Timing{}.not_found_after);
        for (int i = 0; i < withdrawals::Timing{}.not_found_times; ++i) {
            EXPECT_EQ(state_of(id), State::unknown);
            const auto question = "AG_question" + std::to_string(i);
            EXPECT_EQ(status_of(path("reversed", id), status("Completed", question)), 200);
        }
        EXPECT_EQ(state_of(id), State::queued);
    }
    // Where it ends, and whether a person must look.
    State told(const std::string& code) {
        const auto id = reversing();
        EXPECT_EQ(status_of(path("reversal", id), result(code)), 200);
        return state_of(id);
    }
    bool attention() {
        return store_.number("SELECT COUNT(*) FROM withdrawals WHERE flags & 1") > 0;
    }
    std::optional<withdrawals::Halt> halt() {
        return store_.write([](store::Tx& tx) { return withdrawals::open_halt(tx); });
    }
    static std::string status(const std::string& fate,
                              const std::string& question = "AG_question") {
        return result("0", question,
                      parameters(R"({"Key":"TransactionStatus","Value":")" + fate + R"("})"));
    }
    std::string booked_as(WithdrawalId id) {
        return store_.write([&](store::Tx& tx) { return withdrawals::find(tx, id)->receipt; });
    }
};

TEST_F(ReversalIntake, BooksASuccessUnderThePaymentsReceipt) {
    const auto id = reversing();
    EXPECT_EQ(status_of(path("reversal", id),
                        result("0", "AG_1", parameters(R"({"Key":"Amount","Value":1000.00})"))),
              200);
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(booked_as(id), "UKN1000001/reversed");
    EXPECT_EQ(status_of(path("reversal", id), result("0")), 200);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"paid", "duplicate"}));
}

TEST_F(ReversalIntake, OfAnotherAmountIsNotBelieved) {
    const auto id = reversing();
    EXPECT_EQ(status_of(path("reversal", id),
                        result("0", "AG_1", parameters(R"({"Key":"Amount","Value":1001})"))),
              200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_TRUE(attention());
}

// Somebody else reversed it: the payer has his money, and a person looks why.
TEST_F(ReversalIntake, OfR000001BooksWhatWasDoneBeforeAndCallsAPerson) {
    EXPECT_EQ(told("\"R000001\""), State::paid);
    EXPECT_TRUE(attention());
}

TEST_F(ReversalIntake, OfR000002Fails) { EXPECT_EQ(told("\"R000002\""), State::failed); }
TEST_F(ReversalIntake, OfCode1FailsAndFreesTheAmount) {
    EXPECT_EQ(told("1"), State::failed);
    EXPECT_EQ(store_.number("SELECT COALESCE(SUM(held), 0) FROM accounts"), 0);
    EXPECT_FALSE(halt()) << "an empty account is a matter of reversals alone";
}
TEST_F(ReversalIntake, OfCode11Fails) { EXPECT_EQ(told("11"), State::failed); }
TEST_F(ReversalIntake, OfCode21Fails) { EXPECT_EQ(told("21"), State::failed); }
TEST_F(ReversalIntake, OfCode2006Fails) { EXPECT_EQ(told("2006"), State::failed); }
TEST_F(ReversalIntake, OfCode2028Fails) { EXPECT_EQ(told("2028"), State::failed); }
TEST_F(ReversalIntake, OfCode2001FailsAndHaltsEverythingBeforeALockout) {
    EXPECT_EQ(told("2001"), State::failed);
    ASSERT_TRUE(halt());
    EXPECT_EQ(halt()->what, rails::Halts::everything);
}
TEST_F(ReversalIntake, OfCode8006FailsAndHaltsEverything) {
    EXPECT_EQ(told("8006"), State::failed);
    ASSERT_TRUE(halt());
    EXPECT_EQ(halt()->what, rails::Halts::everything);
}
TEST_F(ReversalIntake, OfACodeThatNobodyKnowsSettlesNothing) {
    EXPECT_EQ(told("\"R000077\""), State::unknown);
}
TEST_F(ReversalIntake, OfCode17IsStillToBeKnown) { EXPECT_EQ(told("17"), State::sent); }

TEST_F(ReversalIntake, TakesAQueueTimeoutForNoFailure) {
    const auto id = reversing();
    EXPECT_EQ(status_of(path("reversal", id, "/timeout"), "nobody documented this"), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_EQ(status_of(path("reversal", id), result("0")), 200);
    EXPECT_EQ(state_of(id), State::paid);
}

TEST_F(ReversalIntake, SettlesByTheStatusOfItsConversation) {
    const auto id = reversing();
    EXPECT_EQ(status_of(path("b2c-status", id), status("Declined")), 200);
    EXPECT_EQ(state_of(id), State::failed);
}

// Completed, the payment was before and may be after: it says nothing of the reversal.
TEST_F(ReversalIntake, IsNotSettledByTheStatusOfThePayment) {
    const auto id = reversing(rails::Submitted::unknown);
    EXPECT_EQ(status_of(path("reversed", id, "/timeout"), ""), 200);
    EXPECT_EQ(status_of(path("reversed", id), status("Completed")), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"question_timed_out", "pending"}));
}

TEST_F(ReversalIntake, IsAskedForAgainWhenThePaymentStandsLateAndTwice) {
    stands_late_and_twice(reversing(rails::Submitted::unknown));
}

// The first submission may still be done: nothing but a person tells.
TEST_F(ReversalIntake, ThatWasSubmittedTwiceAndFailedCallsAPersonOnce) {
    const auto id = reversing(rails::Submitted::unknown);
    stands_late_and_twice(id);
    submit(id, rails::Submitted::accepted);
    EXPECT_EQ(status_of(path("reversal", id), result("1")), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_FALSE(attention());
    EXPECT_EQ(status_of(path("b2c-status", id), status("Declined", "AG_third")), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_TRUE(attention());
    const auto events = store_.number("SELECT COUNT(*) FROM withdrawal_events");
    EXPECT_EQ(status_of(path("b2c-status", id), status("Declined", "AG_fourth")), 200);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM withdrawal_events"), events);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM holds WHERE state = 1"), 1);
}

TEST_F(ReversalIntake, LetsInNobodyWithoutTheTokenOfThatRefundAndThatAddress) {
    const auto id = reversing();
    const auto subject = hex16(id.value());
    for (const auto& token : {std::string(32, '0'), master_.token("b2c", subject),
                              master_.token("reversal", hex16(id.value() + 1))}) {
        for (const auto* const end : {"/result", "/timeout"}) {
            EXPECT_EQ(status_of("/rail/reversal/" + subject + "/" + token + end, result("0")), 404);
            EXPECT_EQ(status_of("/rail/reversed/" + subject + "/" + token + end, result("0")), 404);
        }
    }
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(state_of(id), State::sent);
}

TEST_F(ReversalIntake, KeepsWhatItCannotRead) {
    const auto id = reversing();
    EXPECT_EQ(status_of(path("reversal", id), "<html>"), 200);
    EXPECT_EQ(status_of(path("reversed", id), "<html>"), 200);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"unreadable", "unreadable"}));
    EXPECT_EQ(kept(), 2);
}

}  // namespace
}  // namespace lango::api::test
