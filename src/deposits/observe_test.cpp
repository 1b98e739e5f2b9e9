#include "deposits/observe.hpp"

#include "deposits/deposits_fixture.hpp"
#include "suspense/claims.hpp"

namespace lango::deposits::test {
namespace {

using enum State;
using rails::Fate;
using rails::Source;

class Observation : public Deposits {
  protected:
    // One that somebody on the way called not submitted: the rail has it, and we sent the next.
    static rails::Observation of_another_push(rails::Observation seen) {
        seen.checkout_request_id = "ws_CO_other";
        return seen;
    }
};

// What each kind of news makes of each state.
struct Meeting {
    State from;
    Observed success, claim, failure, query_failure;
    State after_success, after_claim, after_failure, after_query_failure;
};
class Meets : public Observation, public testing::WithParamInterface<Meeting> {
  protected:
    DepositId id = in(GetParam().from);
    void expect(Observed was, Observed wanted, State after) {
        EXPECT_EQ(name(was), name(wanted));
        EXPECT_EQ(name(state_of(id)), name(after));
        EXPECT_EQ(credited(), Money::kes(after == paid ? 1000 : 0));
        EXPECT_EQ(postbacks_, after == paid ? 1 : 0);
        EXPECT_EQ(the(id).has(late), is_closed(GetParam().from) && GetParam().from != paid &&
                                         (after == paid || after == verifying));
        EXPECT_EQ(broken_laws(), "");
    }
};
TEST_P(Meets, Success) {
    expect(observe(id, success()), GetParam().success, GetParam().after_success);
}
TEST_P(Meets, SuccessInTheRailsList) {
    expect(observe(id, pulled("UKN1234567")), GetParam().success, GetParam().after_success);
}
TEST_P(Meets, SuccessWithoutReceipt) {
    expect(observe(id, query(Fate::paid)), GetParam().claim, GetParam().after_claim);
}
TEST_P(Meets, Failure) {
    expect(observe(id, failure()), GetParam().failure, GetParam().after_failure);
}
TEST_P(Meets, FailureByQuery) {
    expect(observe(id, query(Fate::failed, "1032")), GetParam().query_failure,
           GetParam().after_query_failure);
}
TEST_P(Meets, NotYet) {
    expect(observe(id, query(Fate::pending, "4999")), Observed::pending, GetParam().from);
}
TEST_P(Meets, ACodeThatNobodyKnows) {
    expect(observe(id, query(Fate::unknown, "7777")), Observed::unknown_code, GetParam().from);
    EXPECT_EQ(the(id).has(attention), GetParam().from != paid);
}
TEST_P(Meets, FailureOfAnotherPush) {
    const auto has_id = !the(id).checkout_request_id.empty();
    const auto other = of_another_push(failure());
    const auto seen = observe(id, other);
    if (has_id) expect(seen, Observed::other_push, GetParam().from);
    EXPECT_EQ(kept(id).back().body, other.raw);
}
TEST_P(Meets, SuccessOfAnotherPush) {
    const bool has_id = !the(id).checkout_request_id.empty();
    const bool was_paid = GetParam().from == paid;
    const auto other = of_another_push(success());
    const auto seen = observe(id, other);
    if (has_id) {
        expect(seen, was_paid ? Observed::duplicate : Observed::other_push_paid,
               was_paid ? paid : verifying);
        EXPECT_EQ(the(id).has(attention), !was_paid);
    }
    EXPECT_EQ(kept(id).back().body, other.raw);
}
constexpr auto O = Observed::paid;
INSTANTIATE_TEST_SUITE_P(
    States, Meets,
    testing::Values(Meeting{created, O, Observed::must_verify, Observed::failed, Observed::failed,
                            paid, verifying, failed, failed},
                    Meeting{pushing, O, Observed::must_verify, Observed::failed, Observed::failed,
                            paid, verifying, failed, failed},
                    Meeting{prompted, O, Observed::must_verify, Observed::failed, Observed::failed,
                            paid, verifying, failed, failed},
                    Meeting{unknown, O, Observed::must_verify, Observed::failed, Observed::failed,
                            paid, verifying, failed, failed},
                    Meeting{verifying, O, Observed::must_verify, Observed::ignored,
                            Observed::ignored, paid, verifying, verifying, verifying},
                    Meeting{paid, Observed::duplicate, Observed::duplicate, Observed::ignored,
                            Observed::ignored, paid, paid, paid, paid},
                    Meeting{failed, Observed::paid_late, Observed::must_verify, Observed::duplicate,
                            Observed::duplicate, paid, verifying, failed, failed},
                    Meeting{expired, Observed::paid_late, Observed::must_verify, Observed::failed,
                            Observed::failed, paid, verifying, failed, failed}),
    [](const testing::TestParamInfo<Meeting>& meeting) {
        return std::string{name(meeting.param.from)};
    });

TEST_F(Observation, OfADepositThatNobodyKnowsIsKept) {
    EXPECT_EQ(observe(DepositId{77}, success()), Observed::unknown_deposit);
    EXPECT_EQ(kept(DepositId{77}).size(), 1U);
    EXPECT_EQ(credited(), Money::zero());
}

TEST_F(Observation, OfSuccessAnyNumberOfTimesCreditsOnce) {
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, success()), Observed::paid);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(observe(id, success()), Observed::duplicate);
    EXPECT_EQ(observe(id, pulled("UKN1234567")), Observed::duplicate);
    EXPECT_EQ(observe(id, failure()), Observed::ignored);
    EXPECT_EQ(observe(id, query(Fate::failed, "1032")), Observed::ignored);
    EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(the(id).result_code, "0");
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(the(id).due_at, std::nullopt);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, BeforeTheReplyToThePushBringsTheRailsIds) {
    const auto id = in(pushing);
    EXPECT_EQ(observe(id, success()), Observed::paid);
    EXPECT_EQ(the(id).checkout_request_id, "ws_CO_1");
    auto reply = accepted();
    reply.checkout_request_id = "ws_CO_2";
    record(id, reply);
    EXPECT_EQ(the(id).checkout_request_id, "ws_CO_1");
    EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfOnePaymentsCallbackNeverPaysAnother) {
    const auto first = in(prompted);
    const auto second = in(prompted);
    EXPECT_EQ(observe(first, success()), Observed::paid);
    // The receipt stands with the first: nothing is credited twice, and a person looks.
    EXPECT_EQ(observe(second, success()), Observed::receipt_used);
    EXPECT_EQ(state_of(second), prompted);
    EXPECT_TRUE(the(second).has(attention));
    EXPECT_EQ(story(second).back(), EventKind::receipt_refused);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfASecondReceiptGoesToSuspense) {
    const auto id = in(paid);
    EXPECT_EQ(observe(id, pulled("UKN7654321")), Observed::second_receipt);
    EXPECT_EQ(observe(id, pulled("UKN7654321")), Observed::duplicate);
    EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(the(id).receipt, "UKN1234567");
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(broken_laws(), "");
}

// The first push was said not to be submitted and was; the payer paid it and dismissed the second.
TEST_F(Observation, OfAnotherPushsSuccessIsSettledByTheRailsList) {
    const auto id = in(prompted);
    const auto other = of_another_push(success("UKNA000001"));
    EXPECT_EQ(observe(id, other), Observed::other_push_paid);
    EXPECT_EQ(the(id).due_at, now_) << "asked at once";
    EXPECT_FALSE(check().checks.at(0).by_query) << "which knows the last push only";
    EXPECT_EQ(story(id),
              (std::vector{EventKind::created, EventKind::push_sent, EventKind::push_accepted,
                           EventKind::other_push_paid, EventKind::claimed_paid}));
    EXPECT_EQ(observe(id, other), Observed::duplicate);
    EXPECT_EQ(observe(id, failure("2001")), Observed::failed) << "the second was dismissed";
    EXPECT_TRUE(the(id).due_at) << "which does not hide the first";
    EXPECT_EQ(observe(id, pulled("UKNA000001")), Observed::paid_late);
    EXPECT_EQ(the(id).receipt, "UKNA000001");
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfBothPushesSuccessCreditsOneAndKeepsTheOther) {
    std::int64_t both = 0;
    for (const bool other_first : {true, false}) {
        const auto id = in(prompted);
        const auto a = of_another_push(success("UKNA00000" + std::to_string(both)));
        const auto b = success("UKNB00000" + std::to_string(both));
        observe(id, other_first ? a : b);
        observe(id, other_first ? b : a);
        ++both;
        EXPECT_EQ(state_of(id), paid);
        EXPECT_EQ(the(id).receipt, b.receipt);
        EXPECT_TRUE(the(id).has(attention));
        EXPECT_EQ(story(id).back(), EventKind::second_receipt);
        EXPECT_EQ(credited(), Money::kes(1000 * both));
        EXPECT_EQ(in_suspense(), Money::kes(1000 * both));
        for (const auto& seen : {a, b, pulled(*a.receipt), pulled(*b.receipt)}) {
            EXPECT_EQ(observe(id, seen), Observed::duplicate);
        }
        EXPECT_EQ(in_suspense(), Money::kes(1000 * both));
    }
    EXPECT_EQ(postbacks_, 2);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfThreePushesSuccessKeepsEachOthersMoney) {
    const auto id = in(prompted);
    observe(id, of_another_push(success("UKNA100001")));
    observe(id, of_another_push(success("UKNA200002")));
    EXPECT_EQ(observe(id, success("UKNB000001")), Observed::paid);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::kes(2000));
    EXPECT_EQ(broken_laws(), "");
}

// The rail's list proves what was paid.
TEST_F(Observation, OfAnotherAmountInTheRailsListGoesToSuspense) {
    for (const auto from : {prompted, unknown, verifying, expired, failed, created}) {
        const auto before = in_suspense();
        const auto id = in(from);
        const auto receipt = "UKN700000" + std::to_string(static_cast<int>(from));
        EXPECT_EQ(observe(id, pulled(receipt, 700)), Observed::amount_differs) << name(from);
        EXPECT_EQ(in_suspense(), before + Money::kes(700)) << name(from);
        EXPECT_TRUE(is_closed(state_of(id)) && state_of(id) != paid) << name(from);
        EXPECT_TRUE(the(id).has(attention));
        EXPECT_EQ(observe(id, pulled(receipt, 700)), Observed::duplicate);
        EXPECT_EQ(in_suspense(), before + Money::kes(700)) << name(from);
    }
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(postbacks_, 0);
    EXPECT_EQ(broken_laws(), "");
}

// A callback proves nothing: the rail is asked, and what the merchant sees is what was asked for.
TEST_F(Observation, OfAnotherAmountInACallbackIsNotBelieved) {
    for (const auto shillings : {1, 999, 1001, 250'000}) {
        const auto id = in(prompted);
        EXPECT_EQ(observe(id, success("UKNX000001", shillings)), Observed::amount_differs);
        EXPECT_EQ(state_of(id), verifying);
        EXPECT_EQ(the(id).due_at, now_) << "asked at once";
        EXPECT_TRUE(the(id).has(attention));
    }
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(in_suspense(), Money::zero());
    const auto done = in(paid);
    EXPECT_EQ(observe(done, success("UKN1234567", 7)), Observed::ignored);
    EXPECT_EQ(state_of(done), paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfSuccessInACallbackWithoutAnAmountIsAClaim) {
    const auto id = in(prompted);
    auto seen = success();
    seen.amount.reset();
    EXPECT_EQ(observe(id, seen), Observed::must_verify);
    EXPECT_EQ(state_of(id), verifying);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(observe(id, query(Fate::paid)), Observed::paid);
    EXPECT_EQ(the(id).receipt, "UKN1234567");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfMuchIsCreditedWhenTheQueryAgrees) {
    confirm_above_ = Money::kes(999);
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, success()), Observed::must_verify);
    EXPECT_EQ(observe(id, success()), Observed::must_verify);
    EXPECT_EQ(observe(id, query(Fate::failed, "1032")), Observed::ignored);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(observe(id, query(Fate::paid)), Observed::paid);
    EXPECT_EQ(credited(), Money::kes(1000));
    const auto told = in(prompted);
    EXPECT_EQ(observe(told, pulled("UKN7654321")), Observed::paid) << "the list is a proof";
    confirm_above_ = Money::kes(1000);
    const auto equal = in(prompted);
    EXPECT_EQ(observe(equal, success("UKN1111111")), Observed::paid) << "above, not from";
}

TEST_F(Observation, OfSuccessAfterExpiryIsCreditedAndFlagged) {
    const auto id = in(expired);
    let_time_pass(3h);
    EXPECT_EQ(observe(id, success()), Observed::paid_late);
    EXPECT_TRUE(the(id).has(late));
    EXPECT_EQ(the(id).closed_at, now_);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(story(id).back(), EventKind::paid);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfFailureThatMayTurnIsLookedAtAgain) {
    const auto may_turn = in(prompted);
    observe(may_turn, failure("1032", true));
    EXPECT_EQ(the(may_turn).due_at, now_ + 2min);
    const auto final = in(prompted);
    observe(final, failure("2001", false));
    EXPECT_EQ(the(final).due_at, std::nullopt);
    const auto by_query = in(prompted);
    observe(by_query, query(Fate::failed, "2001"));
    EXPECT_EQ(the(by_query).due_at, now_ + 2min) << "a query has said failed of payments that came";
}

TEST_F(Observation, KeepsWhatTheRailSaidByteForByte) {
    const auto id = in(prompted);
    auto odd = failure("7777");
    odd.fate = Fate::unknown;
    odd.raw = std::string{"\x00\x01 {\"a\": \xff}\r\n", 13};
    observe(id, odd);
    ASSERT_EQ(kept(id).size(), 1U);
    EXPECT_EQ(kept(id)[0].body, odd.raw);
    EXPECT_EQ(kept(id)[0].kind, RailMessageKind::callback);
}

TEST_F(Observation, ThatSaysNotYetIsKeptWhenItWasACallback) {
    const auto id = in(prompted);
    auto waits = failure("4999");
    waits.fate = Fate::pending;
    EXPECT_EQ(observe(id, waits), Observed::pending);
    EXPECT_EQ(kept(id).size(), 1U);
    waits.source = Source::query;
    EXPECT_EQ(observe(id, waits), Observed::pending);
    EXPECT_EQ(kept(id).size(), 1U);
}

// What decides must still find room when the same has come a hundred times.
TEST_F(Observation, ThatSaysTheSameAgainIsKeptOnce) {
    const auto id = in(prompted);
    auto cancelled = failure("1032", true);
    cancelled.raw = "callback 1032";
    for (int i = 0; i < 100; ++i) observe(id, cancelled);
    for (int i = 0; i < 100; ++i) observe(id, success());
    observe(id, cancelled);
    ASSERT_EQ(kept(id).size(), 3U);
    EXPECT_EQ(kept(id)[0].body, cancelled.raw);
    EXPECT_EQ(kept(id)[1].body, success().raw);
    EXPECT_EQ(kept(id)[2].body, cancelled.raw) << "not the same as the last one";
}

TEST_F(Observation, InAnyNumberKeepsNoMoreThanTheBound) {
    const auto id = in(prompted);
    for (int i = 0; i < messages_max + 20; ++i) {
        auto seen = failure("2001");
        seen.raw = "callback " + std::to_string(i);
        observe(id, seen);
    }
    EXPECT_EQ(kept(id).size(), static_cast<std::size_t>(messages_max));
    EXPECT_EQ(story(id).size(), 4U) << "and tells one event";
}

// One payment has one receipt, however a channel spells it.
TEST_F(Observation, KnowsAReceiptInEverySpelling) {
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, success("ukt000aa08")), Observed::paid);
    EXPECT_EQ(the(id).receipt, "UKT000AA08");
    for (const auto* again : {"UKT000AA08", "UKT000AA08 ", "\tukt000aa08\n"}) {
        EXPECT_EQ(observe(id, success(again)), Observed::duplicate) << again;
        EXPECT_EQ(observe(id, pulled(again)), Observed::duplicate) << again;
    }
    EXPECT_EQ(in_suspense(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, WithAReceiptThatIsNoneIsAClaim) {
    for (const std::string& odd :
         std::vector<std::string>{"UKT0000000", "ABC1234567/reversed", "UKT000AA0\n8", "R1",
                                  "UKT000AA08'; --", std::string(200, 'A')}) {
        const auto id = in(prompted);
        EXPECT_EQ(observe(id, success(odd)), Observed::must_verify) << odd;
        EXPECT_EQ(state_of(id), verifying);
        EXPECT_EQ(the(id).due_at, now_) << "asked at once";
        EXPECT_EQ(kept(id).back().body, "callback " + odd);
    }
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfAPaidOneWithAReceiptThatIsNoneCallsAPersonOnce) {
    const auto id = in(paid);
    EXPECT_EQ(observe(id, success("UKT0000000")), Observed::claimed_again);
    EXPECT_EQ(observe(id, success("R1")), Observed::duplicate);
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(in_suspense(), Money::zero());
}

// An earlier version took receipts as any text: the same payment, told again, is known.
TEST_F(Observation, OfAReceiptThatWasBookedInAnotherSpellingBringsNoMoney) {
    const auto id = in(paid);
    write([&](store::Tx& tx) {
        tx.run("UPDATE receipts SET receipt = 'ukn1234567'");
        tx.run("UPDATE deposits SET receipt = 'ukn1234567'");
        tx.run("INSERT INTO odd_receipts (receipt, reads) VALUES ('ukn1234567', 'UKN1234567')");
    });
    EXPECT_EQ(observe(id, pulled("UKN1234567")), Observed::duplicate);
    const auto other = in(prompted);
    EXPECT_EQ(observe(other, success("UKN1234567")), Observed::receipt_used);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::zero());
}

// Where proof is demanded, a second receipt needs it like the first.
TEST_F(Observation, OfASecondReceiptIsAClaimWhereProofIsDemanded) {
    const auto claims = [&] {
        return write([](store::Tx& tx) { return suspense::open_claims(tx, 99); });
    };
    const auto id = in(paid);
    auto phantom = success("PHANTOM002");
    phantom.amount.reset();
    EXPECT_EQ(observe(id, phantom), Observed::claimed_again) << "nobody said how much";
    EXPECT_EQ(observe(id, phantom), Observed::duplicate);
    confirm_above_ = Money::zero();
    EXPECT_EQ(observe(id, success("PHANTOM003")), Observed::claimed_again);
    EXPECT_EQ(observe(id, success("PHANTOM004", 7)), Observed::claimed_again) << "another amount";
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(in_suspense(), Money::zero());
    ASSERT_EQ(claims().size(), 3U);
    EXPECT_EQ(claims()[0].about, id);
    EXPECT_EQ(claims()[0].amount, Money::zero());
    EXPECT_EQ(claims()[1].amount, Money::kes(1000));
    EXPECT_EQ(observe(id, pulled("PHANTOM003")), Observed::second_receipt) << "the list has it";
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Observation, OfAnotherPushsMoneyIsAClaimWhereProofIsDemanded) {
    confirm_above_ = Money::kes(999);
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, of_another_push(success("UKNA000001"))), Observed::other_push_paid);
    EXPECT_EQ(observe(id, success("UKNB000001")), Observed::must_verify);
    EXPECT_EQ(observe(id, query(Fate::paid)), Observed::paid);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::zero()) << "the first push's money is not proved";
    const auto open = write([](store::Tx& tx) { return suspense::open_claims(tx, 9); });
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].receipt, "UKNA000001");
    EXPECT_EQ(observe(id, pulled("UKNA000001")), Observed::second_receipt);
    EXPECT_EQ(broken_laws(), "");
}

// Said twice by the same unsigned voice, it is no more true.
TEST_F(Observation, ThatIsAClaimIsNotProvedByAnotherCallback) {
    confirm_above_ = Money::zero();
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, success()), Observed::must_verify);
    auto without = success();
    without.receipt.reset();
    EXPECT_EQ(observe(id, without), Observed::must_verify);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(observe(id, query(Fate::paid)), Observed::paid);
    EXPECT_EQ(broken_laws(), "");
}

// Another payment's success came to this one's address; then the rail tells how this one ended.
TEST_F(Observation, OfItsOwnFailureEndsWhatAnotherPushClaimed) {
    for (const auto shillings : {1000, 700}) {
        const auto id = in(prompted);
        observe(id,
                of_another_push(success("UKNA00" + std::to_string(1000 + shillings), shillings)));
        ASSERT_EQ(state_of(id), verifying);
        EXPECT_EQ(observe(id, of_another_push(failure("1032"))), Observed::other_push);
        auto unnamed = failure("1032");
        unnamed.checkout_request_id.clear();
        EXPECT_EQ(observe(id, unnamed), Observed::ignored) << "it does not say whose";
        EXPECT_EQ(observe(id, failure("2001")), Observed::failed);
        EXPECT_EQ(state_of(id), failed);
        EXPECT_TRUE(the(id).has(attention));
        EXPECT_TRUE(the(id).due_at) << "the list is read all the same";
    }
    const auto own = in(prompted);
    observe(own, of_another_push(success("UKNA009999")));
    auto claim = success();
    claim.receipt.reset();
    observe(own, claim);
    EXPECT_EQ(observe(own, failure("2001")), Observed::ignored)
        << "its own success is claimed, too";
    EXPECT_EQ(broken_laws(), "");
}

// What changes money is kept, however much has been said before.
TEST_F(Observation, ThatPaysIsKeptBeyondTheBound) {
    const auto id = in(prompted);
    for (int i = 0; i < messages_max + 20; ++i) {
        auto seen = failure("1032", true);
        seen.checkout_request_id = "ws_CO_other";
        seen.raw = "junk " + std::to_string(i);
        observe(id, seen);
    }
    EXPECT_EQ(kept(id).size(), static_cast<std::size_t>(messages_max));
    EXPECT_EQ(observe(id, success()), Observed::paid);
    EXPECT_EQ(kept(id).back().body, success().raw);
    EXPECT_EQ(observe(id, success()), Observed::duplicate);
    EXPECT_EQ(kept(id).size(), static_cast<std::size_t>(messages_max) + 1);
}

}  // namespace
}  // namespace lango::deposits::test
