// What the rail tells once is never lost, whatever becomes of it.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "base/check.hpp"
#include "base/manual_clock.hpp"
#include "ledger/invariants/invariant.hpp"
#include "unreadable/unreadable.hpp"
#include "withdrawals/withdrawals_fixture.hpp"
#include "withdrawals/worker.hpp"

namespace lango::withdrawals::test {
namespace {

class Settling : public Withdrawals {
  protected:
    rails::PayoutSeen paid(WithdrawalId id) {
        rails::PayoutSeen seen;
        seen.fate = PayoutFate::paid;
        seen.code = "0";
        seen.our_id = row(id).payout_id;
        seen.receipt = "SG632NMUAB";
        seen.amount = Money::kes(1000);
        seen.raw = "result of SG632NMUAB";
        return seen;
    }
    std::vector<Event> story(WithdrawalId id) {
        return book_.write([&](store::Tx& tx) { return events(tx, id); });
    }
    std::int64_t messages() {
        return book_.number("SELECT COUNT(*) FROM rail_messages WHERE body LIKE 'result of %'");
    }

    ManualClock clock_{book_.context(), start};
    SeededRandom chance_{7};
    IdSource fresh_{chance_};
    Settler settler_{{.store = book_.store(),
                      .clock = clock_,
                      .ids = fresh_,
                      .merchants = directory(),
                      .rates = [this] { return context().rates; },
                      .rail = rail_,
                      .hand_over = [](const postbacks::Message&) {},
                      .noticed = {},
                      .wake_worker = {}},
                     {}};
};

// As in a database that somebody has put together by hand.
TEST_F(Settling, KeepsAResultThatTheBooksRefuseAndCallsAPersonOnce) {
    const auto id = sent();
    book_.write(
        [&](store::Tx& tx) { tx.run("UPDATE holds SET state = 2 WHERE subject_id = ?1", id); });
    const auto due = row(id).due_at;
    for (int told = 0; told < 2; ++told) {
        EXPECT_THROW(book_.wait_for(settler_.settle(id, paid(id))), Unsound);
    }
    EXPECT_EQ(row(id).state, State::sent);
    EXPECT_EQ(row(id).due_at, due) << "it is asked about as before";
    EXPECT_TRUE(row(id).has(attention));
    EXPECT_EQ(story(id).back().kind, EventKind::needs_person);
    EXPECT_EQ(messages(), 2);
    const auto calls = std::ranges::count(story(id), EventKind::needs_person, &Event::kind);
    EXPECT_EQ(calls, 1);
}

TEST_F(Settling, KeepsAResultOfARowThatMakesNoPayout) {
    const auto id = sent();
    const auto seen = paid(id);
    book_.write(
        [&](store::Tx& tx) { tx.run("UPDATE withdrawals SET phone = 5 WHERE id = ?1", id); });
    EXPECT_THROW(book_.wait_for(settler_.settle(id, seen)), Unreadable);
    EXPECT_EQ(messages(), 1);
    EXPECT_EQ(book_.number("SELECT flags & 1 FROM withdrawals"), 1);
}

// A payout that fails a check while it is taken hides no other, and calls a person.
TEST_F(Settling, GoesOnBesideAPayoutThatFailsACheck) {
    const auto bad = *create();
    const auto good = *create();
    book_.write(
        [&](store::Tx& tx) { tx.run("UPDATE withdrawals SET payout_id = '' WHERE id = ?1", bad); });
    const auto before = failed_checks();
    std::vector<std::string> troubles;
    struct Ready final : rails::test::StillPayouts {
        rails::Allowance payout_allowance(Instant) override { return {.pushes = 100}; }
    } rail;
    Worker worker{{.store = book_.store(),
                   .rail = rail,
                   .clock = clock_,
                   .settler = settler_,
                   .executor = book_.context().get_executor(),
                   .trouble = [&](std::string_view operation,
                                  std::string_view) { troubles.emplace_back(operation); },
                   .stopped = {},
                   .prove = {},
                   .halt_seen = {},
                   .questions_halt_seen = {}},
                  {}};
    worker.start();
    clock_.advance(5s);
    EXPECT_EQ(row(good).sends, 1);
    EXPECT_EQ(row(bad).sends, 0) << "of what failed there is no trace";
    EXPECT_EQ(row(bad).state, State::queued);
    EXPECT_FALSE(row(bad).due_at);
    EXPECT_TRUE(row(bad).has(attention));
    EXPECT_EQ(story(bad).back().kind, EventKind::needs_person);
    EXPECT_NE(story(bad).back().detail.find("an id that the rail knows it by"), std::string::npos)
        << story(bad).back().detail;
    EXPECT_GT(failed_checks(), before);
    EXPECT_EQ(troubles, std::vector<std::string>{"set aside"});
    bool stopped = false;
    asio::co_spawn(book_.context(), worker.stop(),
                   [&](const std::exception_ptr&) { stopped = true; });
    clock_.advance(1h);
    EXPECT_TRUE(stopped);
}

}  // namespace
}  // namespace lango::withdrawals::test
