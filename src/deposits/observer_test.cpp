#include "base/manual_clock.hpp"
#include "deposits/deposits_fixture.hpp"
#include "deposits/worker.hpp"
#include "ledger/invariants/invariant.hpp"

namespace lango::deposits {
namespace {

class Observing : public test::Deposits {
  protected:
    ManualClock clock_{context_, test::start};
    std::vector<std::string> noticed_;
    Observer observer_{
        {.store = *store_,
         .clock = clock_,
         .ids = ids_,
         .merchants = directory_,
         .rates = [this] { return rates_; },
         .shortcode = test::shortcode,
         .hand_over = [this](const postbacks::Message&) { ++postbacks_; },
         .noticed =
             [this](rails::Source, Observed what, std::string_view about) {
                 noticed_.push_back(std::string{about} + " " + std::string{name(what)});
             },
         .wake_worker = {}},
        {}};
};

TEST_F(Observing, TellsWhichDepositItWas) {
    const auto id = in(State::prompted);
    EXPECT_EQ(wait_for(observer_.observe(id, success())), Observed::paid);
    EXPECT_EQ(noticed_, std::vector{hex16(id.value()) + " paid"});
    EXPECT_EQ(postbacks_, 1);
}

// The books refuse what a damaged payment would become; the rail tells it only once.
TEST_F(Observing, KeepsTheRailsWordsWhenALawRefusesThem) {
    const auto id = in(State::prompted);
    const auto events_before = story(id);
    write([&](store::Tx& tx) {
        tx.run("DELETE FROM deposit_events WHERE deposit_id = ?1 AND number = 1", id);
    });
    for (int told = 0; told < 2; ++told) {
        EXPECT_THROW(wait_for(observer_.observe(id, success())), ledger::LawBroken);
    }
    EXPECT_EQ(state_of(id), State::prompted);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(kept(id).back().body, success().raw);
    // Said once, in place of the one that was taken away.
    EXPECT_EQ(story(id).size(), events_before.size());
    EXPECT_EQ(story(id).back(), EventKind::not_applied);
    EXPECT_EQ(postbacks_, 0);
    EXPECT_TRUE(noticed_.empty());
}

// As in a database that somebody has put together by hand.
TEST_F(Observing, KeepsTheRailsWordsOfADepositWhoseMerchantIsGone) {
    const auto id = in(State::prompted);
    directory_.replace({});
    EXPECT_THROW(wait_for(observer_.observe(id, success())), Unsound);
    EXPECT_EQ(state_of(id), State::prompted);
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(kept(id).back().body, success().raw);
    EXPECT_EQ(story(id).back(), EventKind::not_applied);
}

TEST_F(Observing, KeepsTheRailsWordsOfARowThatMakesNoDeposit) {
    const auto id = in(State::prompted);
    write([&](store::Tx& tx) { tx.run("UPDATE deposits SET phone = 5 WHERE id = ?1", id); });
    EXPECT_THROW(wait_for(observer_.observe(id, success())), Unsound);
    write([&](store::Tx& tx) {
        const auto waiting = unreadable::waiting(tx, 0, 9);
        ASSERT_EQ(waiting.size(), 1U);
        EXPECT_EQ(waiting[0].subject, hex16(id.value()));
        EXPECT_EQ(unreadable::find(tx, waiting[0].number)->body, success().raw);
    });
}

}  // namespace
}  // namespace lango::deposits
