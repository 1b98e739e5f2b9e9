#include "approvals/proposal.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::approvals {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class Proposals : public testing::Test {
  protected:
    Proposal propose(std::string body = R"({"receipt":"NLJ7RT61SV"})", Instant now = start) {
        return store_.write([&](store::Tx& tx) {
            return approvals::propose(tx,
                                      {.use_case = "deposit.resolve",
                                       .path = "/admin/deposits/01/settle",
                                       .body = body,
                                       .by = "amina"},
                                      now);
        });
    }
    Agreed agree(std::int64_t number, std::string_view who, std::string_view seen,
                 Instant now = start) {
        return store_.write(
            [&](store::Tx& tx) { return approvals::agree(tx, number, who, seen, now); });
    }
    State state(std::int64_t number) {
        return store_.write([&](store::Tx& tx) { return find(tx, number)->state; });
    }
    store::test::MemoryStore store_;
};

TEST_F(Proposals, AreAgreedToByAnotherForWhatWasSeen) {
    const auto made = propose();
    EXPECT_EQ(made.state, State::open);
    EXPECT_EQ(agree(made.number, "amina", made.code), Agreed::own);
    EXPECT_EQ(agree(made.number, "brian", "0000000000000000"), Agreed::changed);
    EXPECT_EQ(agree(99, "brian", made.code), Agreed::unknown);
    EXPECT_EQ(agree(made.number, "brian", made.code), Agreed::yes);
    EXPECT_EQ(state(made.number), State::agreed);
    EXPECT_EQ(agree(made.number, "chebet", made.code), Agreed::not_open);
}

TEST_F(Proposals, EndAsWhatTheyDidCameTo) {
    const auto first = propose();
    store_.write([&](store::Tx& tx) { end(tx, first.number, true, "early"); });
    EXPECT_EQ(state(first.number), State::open) << "nobody has agreed";
    EXPECT_EQ(agree(first.number, "brian", first.code), Agreed::yes);
    store_.write([&](store::Tx& tx) { end(tx, first.number, true, "paid"); });
    EXPECT_EQ(state(first.number), State::carried_out);
    const auto second = propose();
    EXPECT_EQ(agree(second.number, "brian", second.code), Agreed::yes);
    store_.write([&](store::Tx& tx) { end(tx, second.number, false, "paid already"); });
    EXPECT_EQ(state(second.number), State::refused);
}

TEST_F(Proposals, ThatAreTheSameAreOne) {
    const auto first = propose();
    EXPECT_EQ(propose().number, first.number);
    EXPECT_NE(propose(R"({"receipt":"OTHER12345"})").number, first.number);
    EXPECT_EQ(agree(first.number, "brian", first.code), Agreed::yes);
    EXPECT_NE(propose().number, first.number) << "that one has ended";
}

TEST_F(Proposals, ThatSomebodyEditedAreNotWhatWasSeen) {
    const auto made = propose();
    store_.write([&](store::Tx& tx) {
        tx.run("UPDATE proposals SET body = '{\"receipt\":\"THIEF12345\"}' WHERE number = ?1",
               made.number);
    });
    EXPECT_EQ(agree(made.number, "brian", made.code), Agreed::changed);
}

TEST_F(Proposals, ExpireByThemselves) {
    const auto made = propose();
    EXPECT_EQ(agree(made.number, "brian", made.code, start + lives + 1s), Agreed::expired);
    EXPECT_EQ(state(made.number), State::expired);
}

// Nobody looks at it in time: it waits for nobody any more, and says so.
TEST_F(Proposals, ThatHaveExpiredAreNotListedAsWaiting) {
    const auto made = propose();
    const auto late = start + lives + 1s;
    EXPECT_EQ(state_at(made, start + lives), State::open);
    EXPECT_EQ(state_at(made, late), State::expired);
    EXPECT_EQ(state_at(made, start - lives - 1s), State::expired) << "by a clock that was ahead";
    EXPECT_TRUE(store_.write([&](store::Tx& tx) { return open(tx, late); }).empty());
    EXPECT_EQ(state(made.number), State::open);
    EXPECT_NE(propose(R"({"receipt":"OTHER12345"})", late).number, made.number);
    EXPECT_EQ(state(made.number), State::expired) << "the next proposal ends what is over";
}

TEST_F(Proposals, WithAStateThatIsNoneAreNotOpen) {
    const auto made = propose();
    for (const int state : {0, 8, -1, 257}) {
        store_.write([&](store::Tx& tx) { tx.run("UPDATE proposals SET state = ?1", state); });
        EXPECT_EQ(agree(made.number, "brian", made.code), Agreed::not_open) << state;
    }
    store_.write([](store::Tx& tx) {
        tx.run("UPDATE proposals SET state = ?1, proposed_at = -9223372036854775807", State::open);
    });
    EXPECT_EQ(agree(made.number, "brian", made.code), Agreed::expired);
}

// It threw while it was carried out.
TEST_F(Proposals, OfWhichNobodyKnowsWhetherTheyWereDoneSayWhy) {
    const auto made = propose();
    store_.write([&](store::Tx& tx) { note_failure(tx, made.number, "early"); });
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM proposals WHERE outcome = ''"), 1);
    EXPECT_EQ(agree(made.number, "brian", made.code), Agreed::yes);
    store_.write([&](store::Tx& tx) { note_failure(tx, made.number, "the disk is full"); });
    EXPECT_EQ(state(made.number), State::agreed);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM proposals WHERE outcome = 'the disk is full'"),
              1);
}

TEST_F(Proposals, AreRejectedOrWithdrawn) {
    const auto first = propose();
    EXPECT_TRUE(
        store_.write([&](store::Tx& tx) { return reject(tx, first.number, "brian", start); }));
    EXPECT_EQ(state(first.number), State::rejected);
    EXPECT_EQ(agree(first.number, "brian", first.code), Agreed::not_open);
    const auto second = propose();
    EXPECT_TRUE(
        store_.write([&](store::Tx& tx) { return reject(tx, second.number, "amina", start); }));
    EXPECT_EQ(state(second.number), State::withdrawn);
    EXPECT_FALSE(
        store_.write([&](store::Tx& tx) { return reject(tx, second.number, "amina", start); }));
}

TEST_F(Proposals, EndWithWhoProposedThem) {
    const auto made = propose();
    store_.write([&](store::Tx& tx) { withdraw_all(tx, "brian", "root", start); });
    EXPECT_EQ(state(made.number), State::open) << "another's";
    store_.write([&](store::Tx& tx) { withdraw_all(tx, "amina", "root", start); });
    EXPECT_EQ(state(made.number), State::withdrawn);
    EXPECT_EQ(agree(made.number, "brian", made.code), Agreed::not_open);
}

TEST(Codes, AreOfTheWholeCall) {
    EXPECT_NE(code_of("a", "bc", "d"), code_of("ab", "c", "d"));
    EXPECT_NE(code_of("a", "b", "c"), code_of("a", "b", "d"));
    EXPECT_EQ(code_of("a", "b", "c").size(), 16U);
}

}  // namespace
}  // namespace lango::approvals
