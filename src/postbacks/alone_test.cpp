// After two deaths what was in flight goes alone; what dies alone is set aside, and nothing else.
#include <algorithm>
#include <boost/asio/detached.hpp>

#include "postbacks/delivery_fixture.hpp"
#include "runs/run.hpp"

namespace lango::postbacks::test {
namespace {

using runs::Kind;
using runs::Subject;

class Alone : public Deliveries {
  protected:
    // A run, as the core begins one.
    void begin_run() {
        died_ = write([now = clock_.now()](store::Tx& tx) {
            const auto begun = runs::begin(tx, now);
            if (begun.died) {
                EXPECT_TRUE(set_aside_died(tx, *begun.died, begun.run.number - 1, now));
            }
            return begun.died;
        });
        start();
    }
    // Without a word: nobody records what is in flight.
    void die() { delivery_.reset(); }
    runs::Tried try_alone() { return wait_for(tried()); }
    asio::awaitable<runs::Tried> tried() { co_return co_await delivery_->try_alone(); }
    runs::Run run() {
        return write([](store::Tx& tx) { return runs::current(tx); });
    }
    std::vector<runs::SetAside> aside() {
        return write([](store::Tx& tx) { return runs::all_set_aside(tx); });
    }
    std::int64_t mark(std::int64_t payment) {
        return write([payment](store::Tx& tx) {
            return tx
                .first(
                    "SELECT taken_in FROM postbacks WHERE subject_id = ?1",
                    [](const store::Row& row) { return row.integer(0); }, payment)
                .value_or(-1);
        });
    }
    auto got(std::int64_t payment, std::int64_t merchant_id = 1) {
        return std::ranges::count(shop(merchant_id).received, "msg_" + hex16(1000 + payment),
                                  &Shop::Received::id);
    }
    // Two runs die while this is on its way.
    void die_twice_with(std::int64_t payment, std::int64_t merchant_id = 1) {
        shop(merchant_id).takes = 8s;
        begin_run();
        post_back(payment, merchant_id);
        clock_.advance(1s);
        die();
        begin_run();
        clock_.advance(1s);
        die();
        shop(merchant_id).takes = 0s;
    }

    std::optional<Subject> died_;
};

TEST_F(Alone, ARowBearsTheMarkOfItsRunUntilWhatCameOfItIsWritten) {
    begin_run();
    shop().takes = 2s;
    post_back(1);
    clock_.advance(1s);
    EXPECT_EQ(mark(1), 1) << "from its first write on";
    clock_.advance(2s);
    EXPECT_EQ(mark(1), 0);
    EXPECT_EQ(told_of(1).state, State::delivered);
}

TEST_F(Alone, TakingARetryMarksItAnewInTheSameWrite) {
    begin_run();
    shop().says = silence;
    post_back(1);
    clock_.advance(1s);
    EXPECT_EQ(mark(1), 0);
    const auto groups = store_->stats().groups;
    shop().takes = 5s;
    clock_.advance(12s);
    EXPECT_EQ(mark(1), 1);
    EXPECT_LE(store_->stats().groups - groups, 2U) << "one takes it, and one may find nothing due";
}

TEST_F(Alone, AfterOneDeathEverythingGoesAsUsual) {
    shop().takes = 8s;
    begin_run();
    post_back(1);
    clock_.advance(1s);
    die();
    shop().takes = 0s;
    begin_run();
    clock_.advance(1s);
    EXPECT_EQ(told_of(1).state, State::delivered);
    EXPECT_EQ(try_alone(), runs::Tried::waiting);
}

TEST_F(Alone, AfterTwoDeathsOnlyWhatWasInFlightWaitsForItsTurn) {
    die_twice_with(1);
    static_cast<void>(create(2));
    clock_.advance(40s);
    begin_run();
    clock_.advance(1s);
    EXPECT_EQ(told_of(2).state, State::waiting) << "not handed over, and marked by the run before";
    post_back(3);
    clock_.advance(1s);
    EXPECT_EQ(told_of(3).state, State::delivered) << "others go beside";
    EXPECT_EQ(told_of(1).state, State::waiting);
    EXPECT_EQ(try_alone(), runs::Tried::one);
    EXPECT_EQ(told_of(1).state, State::delivered);
    EXPECT_EQ(try_alone(), runs::Tried::one);
    EXPECT_EQ(told_of(2).state, State::delivered);
    EXPECT_EQ(run().alone, std::nullopt);
    EXPECT_EQ(try_alone(), runs::Tried::waiting);
}

TEST_F(Alone, WhatGoesAloneIsNamedUntilWhatCameOfItIsWritten) {
    die_twice_with(1);
    begin_run();
    shop().takes = 3s;
    asio::co_spawn(context_, tried(), asio::detached);
    clock_.advance(1s);
    EXPECT_EQ(run().alone, (Subject{.kind = Kind::postback, .id = 1}));
    EXPECT_EQ(mark(1), 3);
    clock_.advance(3s);
    EXPECT_EQ(run().alone, std::nullopt);
    EXPECT_EQ(mark(1), 0);
}

TEST_F(Alone, WhatDiesAloneIsSetAsideAndSentAgainByHand) {
    die_twice_with(1);
    begin_run();
    shop().takes = 8s;
    asio::co_spawn(context_, tried(), asio::detached);
    clock_.advance(1s);
    die();
    shop().takes = 0s;
    const auto before = got(1);
    begin_run();
    EXPECT_EQ(died_, (Subject{.kind = Kind::postback, .id = 1}));
    ASSERT_EQ(aside().size(), 1U);
    EXPECT_EQ(aside()[0].subject, (Subject{.kind = Kind::postback, .id = 1}));
    EXPECT_EQ(try_alone(), runs::Tried::waiting);
    clock_.advance(24h);
    EXPECT_EQ(got(1), before) << "nobody sends it by himself";
    const auto told = told_of(1);
    EXPECT_EQ(told.state, State::waiting);
    EXPECT_EQ(told.due_at, std::nullopt);
    ASSERT_EQ(told.attempts.size(), 1U);
    EXPECT_EQ(told.attempts[0].outcome, AttemptOutcome::gateway_died);

    write([now = clock_.now()](store::Tx& tx) { EXPECT_EQ(resend(tx, 1, now), MerchantId{1}); });
    delivery_->wake(MerchantId{1});
    clock_.advance(1s);
    EXPECT_EQ(told_of(1).state, State::delivered);
    EXPECT_TRUE(aside().empty());
}

TEST_F(Alone, WhatCameToItsEndAloneIsNotSetAside) {
    die_twice_with(1);
    begin_run();
    EXPECT_EQ(try_alone(), runs::Tried::one);
    die();
    begin_run();
    EXPECT_EQ(died_, std::nullopt);
    EXPECT_TRUE(aside().empty());
}

TEST_F(Alone, ASlowMerchantsGoLast) {
    begin_run();
    for (const std::int64_t id : {1, 2}) shop(id).takes = 8s;
    for (std::int64_t payment = 1; payment <= 3; ++payment) post_back(payment, 1);
    for (std::int64_t payment = 4; payment <= 6; ++payment) post_back(payment, 2);
    clock_.advance(1s);
    die();
    begin_run();
    clock_.advance(1s);
    die();
    shop(1).takes = 10s;
    shop(2).takes = 0s;
    begin_run();
    EXPECT_EQ(try_alone(), runs::Tried::one);
    EXPECT_EQ(told_of(1).attempts.size(), 1U);
    for (int n = 0; n < 3; ++n) EXPECT_EQ(try_alone(), runs::Tried::one);
    for (std::int64_t payment = 4; payment <= 6; ++payment) {
        EXPECT_EQ(told_of(payment).state, State::delivered);
    }
    EXPECT_TRUE(told_of(2).attempts.empty());
}

TEST_F(Alone, AnEventThatDiesIsSetAsideAsWell) {
    write([](store::Tx& tx) {
        tx.run(
            "INSERT INTO webhook_events (id, merchant_id, state, attempts, due_at, created_at, "
            "body, digest, taken_in) VALUES (5, 1, 1, 0, 0, 0, '{}', x'00', 1)");
        EXPECT_TRUE(set_aside_died(tx, {.kind = Kind::event, .id = 5}, 1, from_micros(9)));
        EXPECT_FALSE(set_aside_died(tx, {.kind = Kind::event, .id = 5}, 1, from_micros(9)));
    });
    const auto told = told_of(5);
    EXPECT_EQ(told.due_at, std::nullopt);
    ASSERT_EQ(told.attempts.size(), 1U);
    EXPECT_EQ(told.attempts[0].outcome, AttemptOutcome::gateway_died);
    EXPECT_EQ(aside().size(), 1U);
}

}  // namespace
}  // namespace lango::postbacks::test
