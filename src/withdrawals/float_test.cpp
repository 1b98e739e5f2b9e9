#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/manual_clock.hpp"
#include "withdrawals/backlog.hpp"
#include "withdrawals/float_watch.hpp"
#include "withdrawals/payout_float.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

class Float : public Withdrawals {
  protected:
    std::optional<StoredFloat> stored() {
        return book_.write([](store::Tx& tx) { return latest_float(tx, shortcode); });
    }
    void take(rails::FloatSeen seen) {
        bool taken = false;
        asio::co_spawn(book_.context(), watch_.take(std::move(seen)),
                       [&](const std::exception_ptr& error) { taken = !error; });
        clock_.settle();
        EXPECT_TRUE(taken);
    }
    static rails::FloatSeen reading(std::int64_t utility) {
        return {.reading = rails::FloatReading{.utility = Money::kes(utility),
                                               .working = Money::kes(5),
                                               .charges = Money::kes(-3)},
                .code = "0",
                .description = {}};
    }

    ManualClock clock_{book_.context(), start};
    std::vector<Money> noticed_;
    std::string refused_;
    FloatWatch watch_{
        {.store = book_.store(),
         .rail = rail_,
         .clock = clock_,
         .executor = book_.context().get_executor(),
         .noticed = [this](const rails::FloatReading& seen) { noticed_.push_back(seen.utility); },
         .refused = [this](const rails::FloatSeen& seen) { refused_ += seen.code; },
         .trouble = [](std::string_view error) { FAIL() << error; }},
        5min};
};

TEST_F(Float, IsAskedForAtOnceAndThenAgainAndAgain) {
    watch_.start();
    clock_.settle();
    EXPECT_EQ(rail_.floats, 1);
    clock_.advance(5min);
    EXPECT_EQ(rail_.floats, 2);
    clock_.advance(20min);
    EXPECT_EQ(rail_.floats, 6);
    bool stopped = false;
    asio::co_spawn(book_.context(), watch_.stop(),
                   [&](const std::exception_ptr&) { stopped = true; });
    clock_.settle();
    EXPECT_TRUE(stopped);
    clock_.advance(1h);
    EXPECT_EQ(rail_.floats, 6);
}

TEST_F(Float, IsKeptAsTheRailLastSaidIt) {
    EXPECT_FALSE(stored());
    take(reading(700));
    clock_.advance(1min);
    take(reading(600));
    ASSERT_TRUE(stored());
    EXPECT_EQ(stored()->reading.utility, Money::kes(600));
    EXPECT_EQ(stored()->reading.working, Money::kes(5));
    EXPECT_EQ(stored()->reading.charges, Money::kes(-3));
    EXPECT_EQ(stored()->read_at, start + 1min);
    EXPECT_EQ(noticed_, (std::vector<Money>{Money::kes(700), Money::kes(600)}));
}

TEST_F(Float, OfAFailedQuestionLeavesTheLastOne) {
    take(reading(700));
    take({.reading = {}, .code = "26", .description = "busy"});
    EXPECT_EQ(stored()->reading.utility, Money::kes(700));
    EXPECT_EQ(noticed_.size(), 1U);
}

// daraja.md 7.2, 14: a third wrong password locks it. Whether payouts may go out, they tell
// themselves.
TEST_F(Float, IsNotAskedForOnceTheCredentialIsSaidToBeWrong) {
    take({.reading = {},
          .code = "2001",
          .description = "?",
          .halts = rails::Halts::questions,
          .ours_to_mend = true});
    EXPECT_EQ(refused_, "2001");
    EXPECT_FALSE(book_.write([](store::Tx& tx) { return open_halt(tx); }));
    const auto halted = book_.write([](store::Tx& tx) { return open_questions_halt(tx); });
    ASSERT_TRUE(halted);
    EXPECT_EQ(halted->code, "2001");
    ASSERT_TRUE(create());
    EXPECT_EQ(Withdrawals::take(), 1U);
    watch_.start();
    clock_.advance(1h);
    EXPECT_EQ(rail_.floats, 0);
    EXPECT_TRUE(book_.write([&](store::Tx& tx) { return lift_halt(tx, "test", clock_.now()); }));
    clock_.advance(5min);
    EXPECT_EQ(rail_.floats, 1);
    asio::co_spawn(book_.context(), watch_.stop(), asio::detached);
    clock_.settle();
}

TEST_F(Float, LastsAsLongAsDaysLikeThisOne) {
    EXPECT_EQ(runway(Money::kes(100), Money::zero()), std::nullopt);
    EXPECT_EQ(runway(Money::kes(100), Money::kes(100)), Duration{24h});
    EXPECT_EQ(runway(Money::kes(50), Money::kes(100)), Duration{12h});
    EXPECT_EQ(runway(Money::zero(), Money::kes(100)), Duration::zero());
    EXPECT_EQ(runway(Money::kes(-5), Money::kes(100)), Duration::zero());
    EXPECT_GT(*runway(Money::kes(1'000'000'000), Money{1, Currency::kes()}), Duration{24h} * 3000);
}

TEST_F(Float, CountsWhatWasPaidWithinADay) {
    const auto paid = [&] {
        return book_.write([&](store::Tx& tx) { return paid_within_a_day(tx, now_).minor(); });
    };
    EXPECT_EQ(paid(), 0);
    see(sent(300), PayoutFate::paid);
    see(sent(400), PayoutFate::failed, PayoutSource::result, "", "2040");
    static_cast<void>(sent(500));
    EXPECT_EQ(paid(), 30'000);
    now_ += 25h;
    EXPECT_EQ(paid(), 0);
}

TEST_F(Withdrawals, AreCountedWhileTheyAreUnderWay) {
    see(sent(300), PayoutFate::paid);
    static_cast<void>(sent(400));
    const auto lost = sent(500);
    see(lost, PayoutFate::unknown, PayoutSource::result, "", "TP99999");
    static_cast<void>(create(600));
    book_.write([&](store::Tx& tx) {
        return tx.run("UPDATE withdrawals SET flags = 1 WHERE id = ?1", lost);
    });
    const auto counted = book_.write([](store::Tx& tx) { return backlog(tx); });
    EXPECT_EQ(counted.open.at(State::queued), 1);
    EXPECT_EQ(counted.open.at(State::sent), 1);
    EXPECT_EQ(counted.open.at(State::unknown), 1);
    EXPECT_EQ(counted.open.at(State::waiting), 0);
    EXPECT_FALSE(counted.open.contains(State::paid));
    EXPECT_EQ(counted.attention, 1);
}

}  // namespace
}  // namespace lango::withdrawals::test
