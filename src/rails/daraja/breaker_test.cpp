#include "rails/daraja/breaker.hpp"

#include "rails/daraja/daraja_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

using State = CircuitBreaker::State;

TEST(CircuitBreaker, OpensAfterFiveTroublesInARow) {
    CircuitBreaker breaker;
    for (int i = 0; i < 4; ++i) breaker.troubled(began, false);
    EXPECT_EQ(breaker.state(began), State::closed);
    EXPECT_EQ(breaker.allows(50, began), 50U);
    breaker.troubled(began, false);
    EXPECT_EQ(breaker.state(began), State::open);
    EXPECT_EQ(breaker.allows(50, began), 0U);
    EXPECT_EQ(breaker.open_for(began), 1s);
}

TEST(CircuitBreaker, ForgetsTroublesThatASuccessParts) {
    CircuitBreaker breaker;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i) breaker.troubled(began, false);
        breaker.succeeded();
    }
    EXPECT_EQ(breaker.state(began), State::closed);
}

TEST(CircuitBreaker, OpensAtOnceForAnAlarm) {
    CircuitBreaker breaker;
    breaker.troubled(began, true);
    EXPECT_EQ(breaker.state(began), State::open);
}

TEST(CircuitBreaker, StaysOpenForNoDayWhenTheClockHasGoneBack) {
    CircuitBreaker breaker;
    breaker.troubled(began + 24h, true);
    EXPECT_EQ(breaker.state(began), State::half_open);
    EXPECT_EQ(breaker.allows(50, began), 1U);
    breaker.sent(began + 24h + 2min);
    EXPECT_EQ(breaker.allows(50, began), 1U) << "nor is a try awaited for so long";
    breaker.troubled(began, true);
    EXPECT_EQ(breaker.state(began), State::open);
}

TEST(CircuitBreaker, WaitsTwiceAsLongEachTimeUpToAMinute) {
    CircuitBreaker breaker;
    auto now = began;
    for (const auto pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        breaker.troubled(now, true);
        EXPECT_EQ(breaker.open_for(now), pause);
        now += pause;
        EXPECT_EQ(breaker.state(now), State::half_open);
    }
    breaker.succeeded();
    breaker.troubled(now, true);
    EXPECT_EQ(breaker.open_for(now), 1s);
}

TEST(CircuitBreaker, IsNotHeldOpenLongerByCallsThatWereUnderWay) {
    CircuitBreaker breaker;
    breaker.troubled(began, true);
    for (int i = 0; i < 60; ++i) breaker.troubled(began + 500ms, true);
    EXPECT_EQ(breaker.open_for(began + 500ms), 500ms);
    EXPECT_EQ(breaker.state(began + 1s), State::half_open);
}

TEST(CircuitBreaker, LetsOneTryThroughAndNoSecondBeforeItEnds) {
    CircuitBreaker breaker;
    breaker.troubled(began, true);
    const auto later = began + 1s;
    EXPECT_EQ(breaker.allows(50, later), 1U);
    breaker.sent(later);
    EXPECT_EQ(breaker.allows(50, later), 0U);
    EXPECT_EQ(breaker.allows(50, later + 10s), 0U);
    breaker.troubled(later + 10s, false);
    EXPECT_EQ(breaker.open_for(later + 10s), 2s);
    EXPECT_EQ(breaker.allows(50, later + 12s), 1U);
    breaker.sent(later + 12s);
    breaker.succeeded();
    EXPECT_EQ(breaker.allows(50, later + 12s), 50U);
}

// Nothing may be left waiting for a try whose end nobody told.
TEST(CircuitBreaker, LetsAnotherTryThroughWhenTheLastOneWasNeverHeardOf) {
    CircuitBreaker breaker;
    breaker.troubled(began, true);
    const auto later = began + 1s;
    breaker.sent(later);
    EXPECT_EQ(breaker.retry_at(later), later + CircuitBreaker::try_patience);
    EXPECT_EQ(breaker.allows(50, later + CircuitBreaker::try_patience), 1U);
}

class Traffic : public Connector {
  protected:
    std::size_t allowed() { return rail_->allowance(clock_.now()).pushes; }
};

TEST_F(Traffic, IsBoundedByTheShortcodesRate) {
    auto slow = options();
    slow.pushes_per_second = 10;
    start(slow);
    EXPECT_EQ(allowed(), 10U);
    rail_->spend(10);
    EXPECT_EQ(allowed(), 0U);
    EXPECT_EQ(rail_->allowance(clock_.now()).retry_at, clock_.now() + 100ms + 1us);
    clock_.advance(100ms);
    EXPECT_EQ(allowed(), 1U);
    clock_.advance(1h);
    EXPECT_EQ(allowed(), 10U) << "at most a second's worth";
}

TEST_F(Traffic, OfOneShortcodeDoesNotSlowAnother) {
    auto slow = options();
    slow.pushes_per_second = 1;
    start(slow);
    slow.shortcode = 600984;
    Daraja other{slow, safaricom_, clock_, master_};
    rail_->spend(1);
    EXPECT_EQ(allowed(), 0U);
    EXPECT_EQ(other.allowance(clock_.now()).pushes, 1U);
    safaricom_.says_in_turn({envelope(500, "500.001.1001", "Merchant does not exist")});
    static_cast<void>(push());
    EXPECT_EQ(breaker(), State::open);
    EXPECT_EQ(other.breaker(clock_.now()), State::closed);
}

TEST_F(Traffic, StopsAtOnceForWhatAPersonMustMend) {
    for (const auto& reply :
         {envelope(500, "500.001.1001", "[MerchantValidate] - Wrong credentials"),
          envelope(500, "500.001.1001", "Merchant does not exist"),
          envelope(404, "404.001.01", "Resource not found"),
          envelope(405, "405.001", "Method Not Allowed")}) {
        start();
        EXPECT_EQ(push_answered(reply).outcome, Submitted::not_submitted);
        EXPECT_EQ(breaker(), State::open) << reply.body;
        EXPECT_EQ(rail_->down_for(clock_.now()), 1s);
        EXPECT_EQ(allowed(), 0U);
        EXPECT_EQ(rail_->allowance(clock_.now()).retry_at, clock_.now() + 1s);
    }
}

// Five in a row of what concerns everybody; any number of what concerns one payment.
TEST_F(Traffic, StopsWhenTheRailIsInTroubleAndNotForOnePaymentsFault) {
    struct Row {
        Reply reply;
        State after_five;
    };
    for (const auto& [reply, after_five] :
         {Row{envelope(400, "400.002.02", "Bad Request - Invalid PhoneNumber"), State::closed},
          Row{envelope(500, "500.001.1001", "Unable to lock subscriber"), State::closed},
          Row{envelope(500, "500.003.02", "System is busy"), State::open},
          Row{{.status = 429, .body = spike_arrest}, State::open},
          Row{{.status = 500, .body = ""}, State::open}, Row{{.body = html}, State::open},
          Row{envelope(404, "404.001.03", "Invalid Access Token"), State::open},
          Row{no_answer(http::Reached::unknown), State::open},
          Row{no_answer(http::Reached::not_sent), State::open}}) {
        start();
        for (int i = 0; i < 4; ++i) static_cast<void>(push_answered(reply));
        EXPECT_EQ(breaker(), State::closed) << reply.body;
        static_cast<void>(push_answered(reply));
        EXPECT_EQ(breaker(), after_five) << reply.body;
    }
}

TEST_F(Traffic, StopsWhenNoTokenCanBeHad) {
    safaricom_.token = [](std::size_t) { return Reply{.status = 400, .body = ""}; };
    for (int i = 0; i < 5; ++i) static_cast<void>(push());
    EXPECT_EQ(breaker(), State::open);
}

TEST_F(Traffic, GoesOnAfterOneTryThatSucceeds) {
    static_cast<void>(push_answered(envelope(404, "404.001.01", "Resource not found")));
    clock_.advance(1s);
    EXPECT_EQ(allowed(), 1U);
    rail_->spend(1);
    safaricom_.says = [](const http::ClientRequest&) {
        auto reply = accepted();
        reply.takes = 5s;
        return reply;
    };
    std::optional<PushAnswer> answer;
    begin(rail_->push({.deposit = deposit_,
                       .phone = *Msisdn::parse("254712344321"),
                       .amount = Money::kes(1000)}),
          answer);
    clock_.advance(4s);
    EXPECT_EQ(allowed(), 0U) << "one try at a time";
    EXPECT_GT(rail_->allowance(clock_.now()).retry_at, clock_.now());
    clock_.advance(1s);
    ASSERT_TRUE(answer);
    EXPECT_EQ(allowed(), 50U);
}

}  // namespace
}  // namespace lango::rails::daraja::test
