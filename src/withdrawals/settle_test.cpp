#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

using rails::Submitted;

TEST_F(Withdrawals, APaidOneCapturesItsHoldAndTellsTheMerchant) {
    fee_ = Money::kes(15);
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(row(id).state, State::paid);
    EXPECT_EQ(balance().posted, Money::kes(98'985));
    EXPECT_EQ(balance().held, Money::zero());
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":1)"), std::string::npos);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AFailedOneReleasesItsHold) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::result, "", "2040"), Settled::failed);
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":5)"), std::string::npos);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AManualOneTellsNobody) {
    const auto id = create(1000, Kind::manual);
    take();
    answer(*id, Submitted::accepted);
    EXPECT_EQ(see(*id, PayoutFate::paid), Settled::paid);
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, TheSameResultTwiceTellsNothingNew) {
    const auto id = sent();
    see(id, PayoutFate::paid);
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::duplicate);
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_EQ(balance().posted, Money::kes(99'000));
}

TEST_F(Withdrawals, AResultMayComeBeforeTheReply) {
    const auto id = create();
    take();
    EXPECT_EQ(see(*id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(answer(*id, Submitted::accepted), Settled::ignored);
    EXPECT_EQ(row(*id).state, State::paid);
}

TEST_F(Withdrawals, ALostReplyKeepsTheHoldUntilTheRailWasAsked) {
    const auto id = create();
    take();
    EXPECT_EQ(answer(*id, Submitted::unknown), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(questions(), 0U);
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(see(*id, PayoutFate::paid, PayoutSource::status), Settled::paid);
}

TEST_F(Withdrawals, AQueueTimeoutIsNoFailure) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::pending, PayoutSource::timeout), Settled::pending);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::paid);
}

TEST_F(Withdrawals, ACodeNobodyKnowsIsNoFailure) {
    const auto id = sent();
    EXPECT_EQ(see(id, PayoutFate::unknown, PayoutSource::result, "", "TP999"),
              Settled::unknown_code);
    EXPECT_EQ(row(id).state, State::unknown);
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// Believed only late and twice; then the same id goes out again, never a new one.
TEST_F(Withdrawals, NotFoundIsBelievedLateAndTwice) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(row(*id).not_found, 0) << "too young";
    now_ += timing_.not_found_after;
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::sent_again);
    EXPECT_EQ(row(*id).state, State::queued);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(*id).sends, 2);
}

// An answer that comes twice is one answer.
TEST_F(Withdrawals, NotFoundIsCountedOncePerQuestion) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    EXPECT_EQ(not_found(*id, "AG_1"), Settled::pending);
    EXPECT_EQ(not_found(*id, "AG_1"), Settled::duplicate);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_EQ(not_found(*id, "AG_2"), Settled::sent_again);
    // One that names no question is never believed alone.
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    EXPECT_EQ(not_found(*id, ""), Settled::pending);
    EXPECT_EQ(not_found(*id, ""), Settled::duplicate);
}

// By then the rail may have forgotten the id, and would pay it anew.
TEST_F(Withdrawals, NotFoundAfterADayIsForAPerson) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.repeats_within;
    EXPECT_EQ(not_found(*id, "AG_1"), Settled::pending);
    EXPECT_EQ(not_found(*id, "AG_2"), Settled::pending);
    EXPECT_EQ(not_found(*id, "AG_3"), Settled::pending);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// Another configuration makes no second payment of a repeat, asks no other account, and books none.
TEST_F(Withdrawals, GoOnByTheWayTheyFirstWent) {
    const auto first_way = rail_.goes;
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    rail_.goes = {.shortcode = 600111, .knows_repeats = false};
    now_ += timing_.not_found_after;
    const auto asked = book_.write(
        [&](store::Tx& tx) { return take_questions(tx, rail_.goes, 9, timing_, now_); });
    ASSERT_EQ(asked.questions.size(), 1U);
    EXPECT_EQ(asked.questions[0].route, first_way);
    not_found(*id, "AG_1");
    EXPECT_EQ(not_found(*id, "AG_2"), Settled::sent_again);
    const auto taken =
        book_.write([&](store::Tx& tx) { return take_payouts(tx, rail_, 9, timing_, now_); });
    ASSERT_EQ(taken.payouts.size(), 1U);
    EXPECT_EQ(taken.payouts[0].route, first_way);
    const auto before =
        balance({.kind = ledger::AccountKind::rail, .owner = first_way.shortcode}).posted;
    EXPECT_EQ(see(*id, PayoutFate::paid), Settled::paid);
    EXPECT_EQ(balance({.kind = ledger::AccountKind::rail, .owner = first_way.shortcode}).posted,
              before + Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, SentWhereRepeatsArePaidStayUnsentWhateverIsConfiguredLater) {
    rail_.goes.knows_repeats = false;
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    rail_.goes.knows_repeats = true;
    now_ += timing_.not_found_after;
    not_found(*id, "AG_1");
    EXPECT_EQ(not_found(*id, "AG_2"), Settled::pending);
    EXPECT_TRUE(row(*id).has(Flag::attention));
}

// A rail that is too busy for the repeat: it is asked about again, and within a day a person is.
TEST_F(Withdrawals, WhoseRepeatDoesNotGoOutAreAsUnknownAsBefore) {
    const auto id = create();
    take();
    const auto submitted = now_;
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    for (int round = 0; round < 2; ++round) {
        not_found(*id, "AG_1" + std::to_string(round));
        not_found(*id, "AG_2" + std::to_string(round));
        ASSERT_EQ(row(*id).state, State::queued);
        take();
        EXPECT_EQ(answer(*id, Submitted::not_submitted), Settled::pending);
        EXPECT_EQ(row(*id).state, State::unknown);
        EXPECT_EQ(row(*id).sends, 1);
        EXPECT_EQ(row(*id).sent_at, submitted);
        now_ += 1h;
    }
    now_ = submitted + timing_.repeats_within;
    not_found(*id, "AG_3");
    not_found(*id, "AG_4");
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_TRUE(row(*id).has(Flag::attention));
}

TEST_F(Withdrawals, WhoseRepeatWaitsForADayCallAPerson) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    not_found(*id, "AG_1");
    not_found(*id, "AG_2");
    ASSERT_EQ(row(*id).state, State::queued);
    now_ += timing_.repeats_within;
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// What never reached the rail goes as is configured now.
TEST_F(Withdrawals, NeverSubmittedTakeTheNewWay) {
    const auto id = create();
    take();
    answer(*id, Submitted::not_submitted);
    rail_.goes.shortcode = 600111;
    now_ += send_pause(1);
    take();
    EXPECT_EQ(row(*id).route->shortcode, 600111);
}

TEST_F(Withdrawals, WhereTheRailForgetsIdsAPersonDecides) {
    rail_.goes.knows_repeats = false;
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    see(*id, PayoutFate::not_found, PayoutSource::status);
    EXPECT_EQ(see(*id, PayoutFate::not_found, PayoutSource::status), Settled::pending);
    EXPECT_EQ(row(*id).state, State::unknown);
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_EQ(balance().held, Money::kes(1000));
}

// A result names one submission; the question names the id.
TEST_F(Withdrawals, AFailureAfterASecondSubmissionMustBeAsked) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    now_ += timing_.not_found_after;
    see(*id, PayoutFate::not_found, PayoutSource::status);
    see(*id, PayoutFate::not_found, PayoutSource::status);
    take();
    answer(*id, Submitted::accepted);
    EXPECT_EQ(see(*id, PayoutFate::failed, PayoutSource::result, "", "15"), Settled::pending);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(see(*id, PayoutFate::failed, PayoutSource::status, "", "2040"), Settled::failed);
    EXPECT_EQ(balance().held, Money::zero());
}

TEST_F(Withdrawals, WhatIsFinalIsNotOverwritten) {
    const auto paid = sent();
    see(paid, PayoutFate::paid);
    EXPECT_EQ(see(paid, PayoutFate::failed, PayoutSource::result, "", "2040"),
              Settled::contradiction);
    EXPECT_EQ(row(paid).state, State::paid);
    EXPECT_TRUE(row(paid).has(Flag::attention));
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

// The merchant's hold was released; the money that left all the same is booked and shouted about,
// so that both ledgers still say the same.
TEST_F(Withdrawals, HaveLeftWhenTheyArePaid) {
    const auto id = sent();
    EXPECT_EQ(left_by(id), Money::zero());
    see(id, PayoutFate::paid);
    EXPECT_EQ(left_by(id), Money::kes(1000));
}

TEST_F(Withdrawals, MoneyThatLeavesAfterAFailureIsBooked) {
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "1");
    EXPECT_EQ(left_by(id), Money::zero());
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::contradiction);
    EXPECT_EQ(see(id, PayoutFate::paid), Settled::duplicate);
    EXPECT_EQ(row(id).state, State::failed);
    EXPECT_EQ(left_by(id), Money::kes(1000)) << "whatever its state says";
    const auto owed = balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()});
    EXPECT_EQ(owed.posted, -Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

// The result that says so may be the one that was lost.
TEST_F(Withdrawals, AFailureIsAskedAboutOnceMore) {
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "2040");
    EXPECT_EQ(questions(), 0U);
    now_ += timing_.recheck_after;
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(questions(), 0U);
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::status), Settled::contradiction);
    EXPECT_TRUE(row(id).has(Flag::attention));
    now_ += 24h;
    EXPECT_EQ(questions(), 0U);
    EXPECT_EQ(told_.size(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

// The question may be lost, and so may its answer.
TEST_F(Withdrawals, AFailureIsAskedAboutUntilTheRailAnswers) {
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "2040");
    for (int i = 0; i < 3; ++i) {
        now_ += timing_.recheck_after;
        EXPECT_EQ(questions(), 1U);
    }
    EXPECT_EQ(see(id, PayoutFate::failed, PayoutSource::status, "", "Declined"),
              Settled::duplicate);
    now_ += timing_.recheck_after;
    EXPECT_EQ(questions(), 0U);
}

TEST_F(Withdrawals, AFailureThatNobodyTellsMoreOfIsAskedAboutForADay) {
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "2040");
    std::size_t asked = 0;
    for (int i = 0; i < 48; ++i) {
        now_ += timing_.recheck_after;
        asked += questions();
    }
    EXPECT_EQ(asked, 24U);
    EXPECT_FALSE(row(id).due_at);
}

// Each payment that the rail makes after we called it failed is booked, however many.
TEST_F(Withdrawals, EachPaymentAfterAFailureIsBooked) {
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "1");
    for (const auto* receipt : {"SG632NMUAB", "SG632NMUAC", "SG632NMUAD"}) {
        EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, receipt), Settled::contradiction);
        EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, receipt), Settled::duplicate);
    }
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(left_by(id), Money::kes(3000));
    const auto owed = balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()});
    EXPECT_EQ(owed.posted, -Money::kes(3000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AReceiptOfAnotherPaymentAfterAFailureCallsAPerson) {
    see(sent(), PayoutFate::paid, PayoutSource::result, "SG632NMUAB");
    const auto id = sent();
    see(id, PayoutFate::failed, PayoutSource::result, "", "1");
    EXPECT_EQ(see(id, PayoutFate::paid, PayoutSource::result, "SG632NMUAB"), Settled::receipt_used);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, AReceiptPaysOneWithdrawalOnly) {
    const auto first = sent();
    const auto second = sent();
    see(first, PayoutFate::paid);
    EXPECT_EQ(see(second, PayoutFate::paid), Settled::receipt_used);
    EXPECT_EQ(row(second).state, State::sent);
    EXPECT_EQ(balance().held, Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

// Neither the right to ask nor the password of who asks says whether payouts may go out.
TEST_F(Withdrawals, ARefusedQuestionCallsAPersonAndHaltsNoPayout) {
    const auto id = sent();
    rails::PayoutSeen refused;
    refused.source = PayoutSource::status;
    refused.fate = PayoutFate::pending;
    refused.code = "21";
    refused.ours_to_mend = true;
    EXPECT_EQ(claim(id, refused), Settled::needs_person);
    EXPECT_EQ(claim(id, refused), Settled::needs_person);
    EXPECT_TRUE(row(id).has(Flag::attention));
    EXPECT_EQ(row(id).events, 4) << "told once";
    ASSERT_TRUE(create());
    EXPECT_EQ(take(), 1U);
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U) << "asking again makes nothing worse";
    refused.code = "2001";
    refused.halts = rails::Halts::questions;
    EXPECT_EQ(claim(id, refused), Settled::needs_person);
    now_ += 1h;
    EXPECT_EQ(questions(), 0U);
    ASSERT_TRUE(create());
    EXPECT_EQ(take(), 1U);
    EXPECT_TRUE(book_.write([&](store::Tx& tx) { return lift_halt(tx, "amina", now_); }));
    EXPECT_GT(questions(), 0U);
}

// Nothing went to the rail, and nothing will before somebody mends a setting.
TEST_F(Withdrawals, NotSubmittedForAFaultOfOursCallAPerson) {
    const auto id = create();
    take();
    const auto recorded = [&](const rails::PayoutAnswer& reply) {
        return book_
            .write([&](store::Tx& tx) { return record_sent(tx, *id, reply, context(), now_); })
            .what;
    };
    EXPECT_EQ(recorded({.outcome = Submitted::not_submitted,
                        .code = "no token",
                        .message = {},
                        .conversation_id = {},
                        .raw = {},
                        .ours_to_mend = true}),
              Settled::needs_person);
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_EQ(row(*id).state, State::queued);
    now_ += send_pause(1);
    take();
    EXPECT_EQ(answer(*id, Submitted::accepted), Settled::pending);
    EXPECT_FALSE(row(*id).has(Flag::attention)) << "it has been mended";
}

// One bad row stops nobody else's payout.
TEST_F(Withdrawals, ThatCannotGoOutAreSetAside) {
    rail_.most = Money::kes(5000);
    const auto unreadable = *create();
    const auto too_much = *create(6000);
    const auto good = *create();
    book_.write([&](store::Tx& tx) {
        return tx.run("UPDATE withdrawals SET phone = 7 WHERE id = ?1", unreadable);
    });
    const auto taken =
        book_.write([&](store::Tx& tx) { return take_payouts(tx, rail_, 100, timing_, now_); });
    ASSERT_EQ(taken.payouts.size(), 1U);
    EXPECT_EQ(taken.payouts[0].withdrawal, good);
    ASSERT_EQ(taken.set_aside.size(), 2U);
    EXPECT_EQ(taken.set_aside[0].why, "its account number is no phone");
    EXPECT_EQ(taken.set_aside[1].why, "more than the rail takes");
    EXPECT_EQ(take(), 0U);
    EXPECT_TRUE(row(too_much).has(Flag::attention));
    EXPECT_EQ(book_.number("SELECT flags FROM withdrawals WHERE phone = 7"), 1);
    EXPECT_EQ(balance().held, Money::kes(8000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, ThatCannotBeReadAreNotAskedAboutAgain) {
    const auto bad = sent();
    static_cast<void>(sent());
    book_.write([&](store::Tx& tx) {
        return tx.run("UPDATE withdrawals SET currency = 'x' WHERE id = ?1", bad);
    });
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U);
    now_ += 1h;
    EXPECT_EQ(questions(), 1U);
}

TEST_F(Withdrawals, OfAnEarlierRunAreAskedAboutSoon) {
    const auto id = *create();
    take();  // and killed
    book_.write([&](store::Tx& tx) { end_earlier_run(tx, timing_, now_); });
    now_ += timing_.ask_after;
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(row(id).state, State::unknown);
}

TEST_F(Withdrawals, WhatWasNotSubmittedGoesOutAgainUnderItsId) {
    const auto id = create();
    take();
    EXPECT_EQ(answer(*id, Submitted::not_submitted), Settled::pending);
    EXPECT_EQ(take(), 0U);
    now_ += send_pause(1);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(row(*id).sends, 1) << "the first never reached the rail";
}

TEST_F(Withdrawals, ASubmissionNobodyRecordedIsAskedAbout) {
    const auto id = create();
    take();  // and killed
    now_ += timing_.pay_timeout;
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(row(*id).state, State::unknown);
}

TEST_F(Withdrawals, AskingEndsWithAPerson) {
    const auto id = create();
    take();
    answer(*id, Submitted::unknown);
    int asked = 0;
    while (row(*id).due_at) {
        now_ = *row(*id).due_at;
        questions();
        ++asked;
    }
    EXPECT_TRUE(row(*id).has(Flag::attention));
    EXPECT_GE(now_, start + timing_.settle_within);
    EXPECT_LT(asked, 60);
    EXPECT_EQ(balance().held, Money::kes(1000)) << "silence is never failure";
}

}  // namespace
}  // namespace lango::withdrawals::test
