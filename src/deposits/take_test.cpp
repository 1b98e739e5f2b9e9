#include "deposits/take.hpp"

#include "deposits/deposits_fixture.hpp"

namespace lango::deposits::test {
namespace {

using enum State;
using rails::Fate;
using rails::Submitted;

class Pushes : public Deposits {};

TEST_F(Pushes, AreTakenOnceHoweverOftenWeAsk) {
    const auto id = *create();
    EXPECT_EQ(take(), std::vector{id});
    EXPECT_EQ(state_of(id), pushing);
    EXPECT_EQ(the(id).pushed_at, now_);
    EXPECT_TRUE(take().empty());
    let_time_pass(1h);
    EXPECT_TRUE(take().empty());
}

TEST_F(Pushes, AreTakenOldestFirstAndNoMoreThanAllowed) {
    std::vector<DepositId> ids;
    for (int n = 0; n < 5; ++n) {
        ids.push_back(*create(1000, "25471234567" + std::to_string(n)));
        let_time_pass(1s);
    }
    EXPECT_EQ(take(2), (std::vector{ids[0], ids[1]}));
    EXPECT_TRUE(take(0).empty());
    EXPECT_EQ(take(10), (std::vector{ids[2], ids[3], ids[4]}));
}

// As somebody's statements by hand leave them: each waits for a person and hides no other.
TEST_F(Pushes, OfRowsThatMakeNoDepositWaitForAPersonAndTheOthersGo) {
    std::vector<DepositId> bad;
    for (const store::Sql change :
         {store::Sql{"UPDATE deposits SET phone = 5 WHERE id = ?1"},
          store::Sql{"UPDATE deposits SET currency = 'shilling' WHERE id = ?1"},
          store::Sql{"UPDATE deposits SET amount = 9000000000000000000 WHERE id = ?1"}}) {
        bad.push_back(*create(1000, "25471234567" + std::to_string(bad.size())));
        write([&](store::Tx& tx) { tx.run(change, bad.back()); });
    }
    const auto good = *create(1000, "254712345679");
    EXPECT_EQ(take(), std::vector{good});
    for (const auto id : bad) {
        EXPECT_THROW(static_cast<void>(the(id)), Unsound);
        EXPECT_EQ(story(id).back(), EventKind::needs_person);
    }
    EXPECT_EQ(write([](store::Tx& tx) { return count_attention(tx); }), 3);
    EXPECT_TRUE(take().empty());
    EXPECT_EQ(story(bad[0]).size(), 2U) << "once";
}

TEST_F(Pushes, TellWhenTheNextIsDue) {
    static_cast<void>(in(failed));
    const auto first = *create();
    observe(first, failure());
    const auto second = *create();  // 120 s after the first: the same amount
    const auto taken =
        write([&](store::Tx& tx) { return take_pushes(tx, 10, timing_, shortcode, now_); });
    EXPECT_TRUE(taken.pushes.empty());
    EXPECT_EQ(taken.next_due, now_ + 120s);
    EXPECT_EQ(the(second).due_at, taken.next_due);
}

TEST_F(Pushes, ThatNobodyExpectsAnyMoreAreGivenUp) {
    const auto old = *create(1000, "254712345670");
    let_time_pass(timing_.push_retry_for);
    const auto fresh = *create(1000, "254712345671");
    let_time_pass(1us);
    EXPECT_EQ(take(1), std::vector{fresh}) << "the old one takes nobody's turn";
    EXPECT_EQ(state_of(old), expired);
    EXPECT_EQ(the(old).due_at, std::nullopt) << "the rail never heard of it";
    EXPECT_TRUE(create(1000, "254712345670")) << "its phone is free";
}

TEST_F(Pushes, GivenUpByTheThousandLeaveTheRestToTheNextTurn) {
    for (int n = 0; n < 1500; ++n) {
        ASSERT_TRUE(create(1000, "25470000" + std::to_string(1000 + n)));
    }
    let_time_pass(timing_.push_retry_for + 1s);
    auto taken =
        write([&](store::Tx& tx) { return take_pushes(tx, 64, timing_, shortcode, now_); });
    EXPECT_TRUE(taken.pushes.empty());
    ASSERT_TRUE(taken.next_due);
    EXPECT_LE(*taken.next_due, now_);
    for (int turn = 0; turn < 5 && taken.next_due; ++turn) {
        taken = write([&](store::Tx& tx) { return take_pushes(tx, 64, timing_, shortcode, now_); });
    }
    EXPECT_EQ(taken.next_due, std::nullopt);
}

class PushAnswers : public Deposits {
  protected:
    DepositId id = in(pushing);
};

TEST_F(PushAnswers, OfAcceptanceWaitForTheCallbackAndThenAreAskedAbout) {
    let_time_pass(3s);
    record(id, accepted());
    EXPECT_EQ(state_of(id), prompted);
    EXPECT_EQ(the(id).checkout_request_id, "ws_CO_1");
    EXPECT_EQ(the(id).merchant_request_id, "m-1");
    EXPECT_EQ(the(id).due_at, now_ + 75s);
    EXPECT_TRUE(kept(id).empty()) << "its ids say it all";
}

TEST_F(PushAnswers, OfRefusalFail) {
    record(id, answer(Submitted::refused, "400.002.02"));
    EXPECT_EQ(state_of(id), failed);
    EXPECT_EQ(the(id).result_code, "400.002.02");
    EXPECT_EQ(the(id).due_at, std::nullopt);
    EXPECT_EQ(kept(id).at(0).body, "raw of 400.002.02");
}

TEST_F(PushAnswers, ThatAreUnclearStayOpenAndAreNeverPushedAgain) {
    record(id, answer(Submitted::unknown, "HTTP 500"));
    EXPECT_EQ(state_of(id), unknown);
    EXPECT_EQ(the(id).due_at, now_ + 75s);
    let_time_pass(2h);
    EXPECT_TRUE(take().empty());
}

TEST_F(PushAnswers, OfAPushThatWasNotSubmittedPutItBackWithGrowingPauses) {
    for (const auto pause : {2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        record(id, answer(Submitted::not_submitted, "500.003.02"));
        ASSERT_EQ(state_of(id), created);
        EXPECT_EQ(the(id).due_at, now_ + pause);
        let_time_pass(pause - 1us);
        EXPECT_TRUE(take().empty());
        let_time_pass(1us);
        EXPECT_EQ(take(), std::vector{id});
    }
}

// A second push can end the prompt that is on the phone.
TEST_F(PushAnswers, OfAPhoneThatIsBusyPutItBackForAsLongAsTheRailWants) {
    auto busy = answer(Submitted::not_submitted, "500.001.1001");
    busy.pause_min = 60s;
    record(id, busy);
    EXPECT_EQ(state_of(id), created);
    EXPECT_EQ(the(id).due_at, now_ + 60s);
    let_time_pass(60s - 1us);
    EXPECT_TRUE(take().empty());
    let_time_pass(1us);
    EXPECT_EQ(take(), std::vector{id});
}

TEST_F(PushAnswers, OfAPushThatCannotBeSubmittedForTooLongFailIt) {
    let_time_pass(timing_.push_retry_for + 1us);
    record(id, answer(Submitted::not_submitted, "500.003.02"));
    EXPECT_EQ(state_of(id), failed);
    EXPECT_EQ(the(id).result_code, "500.003.02");
    EXPECT_TRUE(create(1000, "254700010001")) << "its phone is free";
}

// A push that took longer than we waited for it.
TEST_F(PushAnswers, ThatComeLateAreStillTaken) {
    let_time_pass(timing_.push_timeout);
    static_cast<void>(check());
    ASSERT_EQ(state_of(id), unknown);
    record(id, accepted());
    EXPECT_EQ(state_of(id), prompted);
    EXPECT_EQ(the(id).checkout_request_id, "ws_CO_1");
}

TEST_F(PushAnswers, ThatComeLateAndSayNoAreNotBelievedAgainstALostPush) {
    let_time_pass(timing_.push_timeout);
    static_cast<void>(check());
    for (const auto outcome : {Submitted::not_submitted, Submitted::refused, Submitted::unknown}) {
        record(id, answer(outcome));
        EXPECT_EQ(state_of(id), unknown);
    }
}

TEST_F(PushAnswers, NeverChangeAnOutcome) {
    observe(id, success());
    for (const auto outcome : {Submitted::not_submitted, Submitted::refused, Submitted::unknown}) {
        record(id, answer(outcome));
        EXPECT_EQ(state_of(id), paid);
    }
    record(id, accepted());
    EXPECT_EQ(state_of(id), paid);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

class Checks : public Deposits {
  protected:
    // Asks whenever it is due, until nothing is; how long after the push each time.
    std::vector<Duration> all_of(DepositId id, Instant pushed) {
        std::vector<Duration> times;
        while (const auto due = the(id).due_at) {
            now_ = *due;
            const auto taken = check();
            EXPECT_EQ(taken.checks.size(), 1U);
            times.push_back(now_ - pushed);
        }
        return times;
    }
};

TEST_F(Checks, OfAPromptBeginAfter75SecondsAndBackOffForTwoDays) {
    const auto pushed = now_;
    const auto times = all_of(in(prompted), pushed);
    std::vector<Duration> wanted{75s};
    for (const Duration pause : {Duration{15s}, Duration{30s}, Duration{1min}, Duration{2min},
                                 Duration{5min}, Duration{10min}, Duration{30min}, Duration{1h}}) {
        wanted.push_back(wanted.back() + pause);
    }
    while (wanted.back() + 2h <= 48h) wanted.push_back(wanted.back() + 2h);
    EXPECT_EQ(times, wanted);
}

TEST_F(Checks, ThatSettledNothingLeaveItToAPerson) {
    const auto id = in(prompted);
    static_cast<void>(all_of(id, now_));
    EXPECT_EQ(state_of(id), expired);
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(story(id).back(), EventKind::needs_person);
    EXPECT_EQ(observe(id, success()), Observed::paid_late) << "and the money still counts";
}

TEST_F(Checks, NeverComeBeforeTheyAreDue) {
    const auto id = in(prompted);
    let_time_pass(75s - 1us);
    EXPECT_TRUE(check().checks.empty());
    EXPECT_EQ(check().next_due, now_ + 1us);
    let_time_pass(1us);
    EXPECT_EQ(check().checks.at(0).id, id);
    EXPECT_TRUE(check().checks.empty()) << "one question at a time";
}

TEST_F(Checks, AskByTheRailsIdWhereThereIsOneAndByTheListOtherwise) {
    const auto ask = [&](DepositId id) {
        now_ = *the(id).due_at;
        const auto taken = check();
        EXPECT_EQ(taken.checks.size(), 1U);
        return taken.checks.at(0).by_query;
    };
    const auto with_id = in(prompted);
    EXPECT_TRUE(ask(with_id));
    observe(with_id, success());
    const auto without_id = in(unknown);
    EXPECT_FALSE(ask(without_id));
    observe(without_id, pulled("UKN0000001"));
    // The query has said paid; only the list knows the receipt.
    const auto lacks_receipt = in(verifying);
    EXPECT_FALSE(ask(lacks_receipt));
    observe(lacks_receipt, pulled("UKN0000002"));
    // The receipt is there; the query has to say paid.
    confirm_above_ = Money::kes(1);
    const auto lacks_proof = in(prompted);
    observe(lacks_proof, success("UKN0000003"));
    EXPECT_TRUE(ask(lacks_proof));
    observe(lacks_proof, query(Fate::paid));
    // The query would say failed again.
    const auto may_turn = in(prompted);
    observe(may_turn, failure("1032", true));
    EXPECT_FALSE(ask(may_turn));
}

TEST_F(Checks, OfAFailureThatMayTurnAreFourWithinAnHour) {
    const auto id = in(prompted);
    const auto failed_at = now_;
    observe(id, failure("1032", true));
    EXPECT_EQ(all_of(id, failed_at), (std::vector<Duration>{2min, 7min, 17min, 47min}));
    EXPECT_EQ(state_of(id), failed);
    EXPECT_FALSE(the(id).has(attention));
}

TEST_F(Checks, FindAPushThatWasNeverRecorded) {
    const auto id = in(pushing);
    let_time_pass(timing_.push_timeout);
    const auto taken = check();
    ASSERT_EQ(taken.checks.size(), 1U);
    EXPECT_FALSE(taken.checks[0].by_query) << "it has no id of the rail's";
    EXPECT_EQ(state_of(id), unknown);
    EXPECT_EQ(story(id).back(), EventKind::push_unanswered);
    EXPECT_TRUE(take().empty()) << "and it is never pushed again";
}

TEST_F(Checks, ExpireWhatIsTooOldAndGoOnAsking) {
    for (const auto state : {prompted, unknown}) {
        const auto id = in(state);
        let_time_pass(timing_.expire_after - 1us);
        static_cast<void>(check());
        EXPECT_EQ(state_of(id), state);
        now_ = std::max(*the(id).due_at, now_ + 1us);
        static_cast<void>(check());
        EXPECT_EQ(state_of(id), expired);
        EXPECT_TRUE(the(id).due_at);
        observe(id, success("UKN700000" + std::to_string(static_cast<int>(state))));
    }
}

TEST_F(Checks, NeverExpireAClaimedSuccess) {
    const auto id = in(verifying);
    static_cast<void>(all_of(id, now_));
    EXPECT_EQ(state_of(id), verifying);
    EXPECT_TRUE(the(id).has(attention)) << "a person must prove it";
}

TEST_F(Checks, CallAPersonWhenAClaimedSuccessIsNotProvedInTwentyMinutes) {
    const auto id = in(verifying);
    const auto claimed = now_;
    while (!the(id).has(attention)) {
        now_ = *the(id).due_at;
        static_cast<void>(check());
    }
    EXPECT_LE(now_ - claimed, 20min);
    EXPECT_GE(now_ - claimed, 10min);
    EXPECT_EQ(story(id).back(), EventKind::needs_person);
    EXPECT_TRUE(the(id).due_at) << "and it is asked about all the same";
    // Who has looked is not called again for each question.
    write([&](store::Tx& tx) {
        auto deposit = *find(tx, id);
        EXPECT_TRUE(attended(tx, deposit, now_, "amina"));
    });
    now_ = *the(id).due_at;
    static_cast<void>(check());
    EXPECT_FALSE(the(id).has(attention));
}

TEST_F(Checks, CallAPersonAtOnceWhereNothingCouldProveAClaimedSuccess) {
    const auto id = in(verifying);  // by a query, which names no receipt
    now_ = *the(id).due_at;
    auto no_list = capabilities;
    no_list.pull = false;
    const auto taken =
        write([&](store::Tx& tx) { return take_checks(tx, 10, timing_, no_list, now_); });
    EXPECT_TRUE(taken.checks.empty());
    EXPECT_TRUE(the(id).has(attention));
}

TEST_F(Checks, WithoutAListAskOnlyWhatAQueryCanAnswer) {
    const auto id = in(unknown);
    now_ = *the(id).due_at;
    auto no_list = capabilities;
    no_list.pull = false;
    const auto taken =
        write([&](store::Tx& tx) { return take_checks(tx, 10, timing_, no_list, now_); });
    EXPECT_TRUE(taken.checks.empty());
    EXPECT_TRUE(the(id).due_at) << "it is looked at again, if only to expire";
}

// The clock was a day ahead when it was pushed, and is right again.
TEST_F(Checks, AreDueSoonWhenTheClockHasGoneBack) {
    const auto right = now_;
    now_ += 24h;
    const auto waits = in(prompted);
    const auto turned = in(prompted);
    observe(turned, failure("1032", true));
    const auto done = in(paid);
    now_ = right;
    const auto soonest = in(prompted);
    const auto due = the(soonest).due_at;
    write([&](store::Tx& tx) { bound_due_times(tx, timing_, spacing(capabilities), now_); });
    EXPECT_LE(*the(waits).due_at, now_ + 2h);
    EXPECT_LE(*the(turned).due_at, now_ + 2h);
    EXPECT_FALSE(the(done).due_at);
    EXPECT_EQ(the(soonest).due_at, due) << "which is no longer than a pause";
}

// Nobody knows when it was pushed: all of the list may tell of it, and it expires when it has been
// asked about often enough.
TEST_F(Checks, OfWhatWasPushedByAClockThatWasAheadReadAllOfTheList) {
    const auto right = now_;
    now_ += 24h;
    const auto id = in(unknown);
    now_ = right;
    write([&](store::Tx& tx) { bound_due_times(tx, timing_, spacing(capabilities), now_); });
    let_time_pass(2min);
    const auto taken =
        write([&](store::Tx& tx) { return take_checks(tx, 10, timing_, capabilities, now_); });
    ASSERT_EQ(taken.checks.size(), 1U);
    EXPECT_EQ(taken.checks[0].pushed_at, now_ - timing_.settle_within);
    EXPECT_TRUE(taken.checks[0].is_last);
    EXPECT_TRUE(the(id).due_at) << "and it is asked about again";
    for (int n = 0; n < 8; ++n) {
        let_time_pass(10min);
        write([&](store::Tx& tx) {
            static_cast<void>(take_checks(tx, 10, timing_, capabilities, now_));
        });
    }
    EXPECT_EQ(state_of(id), expired);
}

// Its money is on the account that it was pushed under, whatever is configured later.
TEST_F(Deposits, KeepTheShortcodeOfTheirPush) {
    const auto id = in(prompted);
    EXPECT_EQ(the(id).shortcode, shortcode);
    write([&](store::Tx& tx) { tx.run("UPDATE deposits SET shortcode = 600123"); });
    EXPECT_EQ(observe(id, success()), Observed::paid);
    EXPECT_EQ(observe(id, success("UKN7654321")), Observed::second_receipt);
    EXPECT_EQ(balance({.kind = ledger::AccountKind::rail, .owner = 600123}), Money::kes(-2000));
    EXPECT_EQ(balance({.kind = ledger::AccountKind::rail, .owner = shortcode}), Money::zero());
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::deposits::test
