#include "postbacks/attempts.hpp"

#include "postbacks/body.hpp"
#include "postbacks/delivery_fixture.hpp"

namespace lango::postbacks::test {
namespace {

constexpr Duration lease = 30s;

class Rows : public Deliveries {
  protected:
    Taken take(std::int64_t merchant_id = 1, std::size_t limit = 64) {
        return write([=, now = clock_.now()](store::Tx& tx) {
            return take_due(tx, MerchantId{merchant_id}, limit, now, lease);
        });
    }
    Next attempt(std::int64_t payment, AttemptOutcome outcome) {
        const Attempt made{.id = PostbackId{1000 + payment},
                           .at = clock_.now(),
                           .took = 3s,
                           .outcome = outcome,
                           .status = outcome == AttemptOutcome::no_answer ? 0 : 500,
                           .answer = "what it said"};
        return write([made](store::Tx& tx) { return record(tx, made, {}, 0); });
    }
    Backlog counted() {
        return write([](store::Tx& tx) { return backlog(tx); });
    }
};

TEST_F(Rows, AreBornLeasedAndTakenWhenTheLeaseEnds) {
    const auto message = create(1);
    EXPECT_TRUE(take().messages.empty());
    EXPECT_EQ(take().next_due, page_created + lease);
    clock_.advance(lease);
    const auto taken = take();
    ASSERT_EQ(taken.messages.size(), 1U);
    EXPECT_EQ(taken.messages[0].id, message.id);
    EXPECT_EQ(taken.messages[0].created_at, page_created);
    EXPECT_EQ(taken.next_due, clock_.now() + lease);
    EXPECT_TRUE(take().messages.empty());  // the lease is another's
}

TEST_F(Rows, HoldWhatTheBodyIsMadeOfAgain) {
    const auto message = create(1);
    clock_.advance(lease);
    const auto waiting = take().messages.at(0);
    const auto body = whole_body({waiting.head, waiting.tail}, rates_, waiting.amount);
    EXPECT_EQ(body, *message.body);
    EXPECT_EQ(crypto::view(crypto::sha256(body)), waiting.digest);
    EXPECT_EQ(waiting.rates_id, rates_.id);
}

TEST_F(Rows, AreNumberedFromOneAndTheNumberIsTheStockpilingId) {
    for (std::int64_t payment = 1; payment <= 3; ++payment) {
        const auto message = create(payment, payment);
        EXPECT_NE(message.body->find("\"stockpiling_id\":" + std::to_string(payment) + ","),
                  std::string::npos);
    }
}

TEST_F(Rows, AreOnePerPayment) {
    static_cast<void>(create(1));
    EXPECT_THROW(static_cast<void>(create(1)), store::Conflict);
}

TEST_F(Rows, AreTakenByTheirOwnMerchantOldestFirstUpToALimit) {
    for (std::int64_t payment = 1; payment <= 5; ++payment) {
        static_cast<void>(create(payment, payment == 3 ? 2 : 1));
        clock_.advance(1s);
    }
    clock_.advance(lease);
    const auto first = take(1, 3);
    ASSERT_EQ(first.messages.size(), 3U);
    EXPECT_EQ(first.messages[0].id, PostbackId{1001});
    EXPECT_EQ(first.messages[2].id, PostbackId{1004});
    EXPECT_LE(*first.next_due, clock_.now());  // more is due
    EXPECT_EQ(take(1, 3).messages.size(), 1U);
    EXPECT_EQ(take(2, 3).messages.size(), 1U);
    EXPECT_FALSE(take(3).next_due);
}

TEST_F(Rows, KeepEveryAttemptAndWhatComesNext) {
    static_cast<void>(create(1));
    const auto next = attempt(1, AttemptOutcome::no_answer);
    EXPECT_EQ(next.state, State::waiting);
    EXPECT_EQ(next.due, page_created + 3s + 10s);  // from the end of the attempt
    clock_.advance(20s);
    const auto done = attempt(1, AttemptOutcome::delivered);
    EXPECT_EQ(done.state, State::delivered);
    EXPECT_FALSE(done.due);
    const auto story = told_of(1);
    EXPECT_EQ(story.state, State::delivered);
    EXPECT_FALSE(story.due_at);
    ASSERT_EQ(story.attempts.size(), 2U);
    EXPECT_EQ(story.attempts[0].outcome, AttemptOutcome::no_answer);
    EXPECT_EQ(story.attempts[0].status, 0);
    EXPECT_EQ(story.attempts[1].at, page_created + 20s);
    EXPECT_EQ(story.attempts[1].took, 3s);
    EXPECT_EQ(story.attempts[1].status, 500);
    EXPECT_EQ(story.attempts[1].answer, "what it said");
    EXPECT_FALSE(write([](store::Tx& tx) { return told(tx, 2); }));
}

TEST_F(Rows, AreExhaustedThreeDaysAfterTheFirstAttempt) {
    static_cast<void>(create(1));
    int attempts = 1;
    for (auto next = attempt(1, AttemptOutcome::wrong_answer); next.due; ++attempts) {
        EXPECT_EQ(next.state, State::waiting);
        clock_.advance_to(*next.due);
        next = attempt(1, AttemptOutcome::wrong_answer);
    }
    EXPECT_LE(clock_.now(), page_created + 72h);
    EXPECT_GT(clock_.now(), page_created + 48h);
    EXPECT_EQ(told_of(1).state, State::exhausted);
    EXPECT_EQ(told_of(1).attempts.size(), static_cast<std::size_t>(attempts));
    EXPECT_EQ(counted().exhausted, 1);
    EXPECT_EQ(counted().waiting, 0);
}

TEST_F(Rows, OfExhaustedPostbacksGoOutOnceMoreByHand) {
    static_cast<void>(create(1));
    clock_.advance(1h);
    static_cast<void>(attempt(1, AttemptOutcome::no_answer));
    clock_.advance(100h);
    EXPECT_EQ(attempt(1, AttemptOutcome::no_answer).state, State::exhausted);
    const auto again = [this] {
        return write([now = clock_.now()](store::Tx& tx) { return resend(tx, 1, now); });
    };
    EXPECT_EQ(again(), MerchantId{1});
    EXPECT_EQ(counted().waiting, 1);
    EXPECT_EQ(counted().oldest_due, clock_.now());
    EXPECT_EQ(take().messages.size(), 1U);
    EXPECT_EQ(attempt(1, AttemptOutcome::no_answer).state, State::exhausted);
    const auto given_up = write([](store::Tx& tx) { return exhausted(tx, 10); });
    ASSERT_EQ(given_up.size(), 1U);
    EXPECT_EQ(given_up[0].subject_id, 1);
    EXPECT_EQ(given_up[0].merchant, MerchantId{1});
    again();
    EXPECT_EQ(attempt(1, AttemptOutcome::delivered).state, State::delivered);
    EXPECT_FALSE(write([](store::Tx& tx) { return resend(tx, 2, page_created); }));
}

TEST_F(Rows, OfDeliveredPostbacksStayDeliveredWhenSentAgainByHand) {
    static_cast<void>(create(1));
    static_cast<void>(attempt(1, AttemptOutcome::delivered));
    write([](store::Tx& tx) { return resend(tx, 1, page_created); });
    EXPECT_EQ(take().messages.size(), 1U);
    const auto next = attempt(1, AttemptOutcome::no_answer);
    EXPECT_EQ(next.state, State::delivered);
    EXPECT_FALSE(next.due);
}

TEST_F(Rows, WithChangedBytesWaitAnHour) {
    static_cast<void>(create(1));
    const auto next = attempt(1, AttemptOutcome::bytes_changed);
    EXPECT_EQ(next.state, State::waiting);
    EXPECT_EQ(next.due, page_created + 3s + 1h);
}

// The clock was a day ahead at the last attempt.
TEST_F(Rows, AreDueWhenTheirPauseIsOverWhenTheClockHasGoneBack) {
    const auto right = clock_.now();
    const auto put_right = [&] {
        clock_.put_to(right);
        write([now = clock_.now()](store::Tx& tx) {
            bound_due_times(tx, MerchantId{1}, {}, lease, now);
        });
    };
    static_cast<void>(create(1));
    static_cast<void>(attempt(1, AttemptOutcome::no_answer));
    put_right();
    EXPECT_EQ(take().next_due, page_created + 3s + 10s) << "no longer than its pause";
    for (const auto ahead : {Duration{24h}, Duration{10h}}) {
        clock_.put_to(right + ahead);
        static_cast<void>(attempt(1, AttemptOutcome::no_answer));
        put_right();
        EXPECT_EQ(take().next_due, right + lease);
    }
}

TEST_F(Rows, LeasedByAnEarlierRunForTheirFirstAttemptAreDueAtOnce) {
    static_cast<void>(create(1));
    static_cast<void>(create(2));
    static_cast<void>(attempt(2, AttemptOutcome::no_answer));
    write([now = clock_.now()](store::Tx& tx) { void_leases(tx, now); });
    const auto taken = take();
    ASSERT_EQ(taken.messages.size(), 1U);
    EXPECT_EQ(taken.messages[0].id, PostbackId{1001});
}

}  // namespace
}  // namespace lango::postbacks::test
