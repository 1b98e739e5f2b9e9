// What the rail tells once is never lost, whatever becomes of it.
#include <algorithm>

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

}  // namespace
}  // namespace lango::withdrawals::test
