// A merchant whose balance-check is off: what his balance does not cover waits, and no account
// falls below zero.
#include "withdrawals/cover.hpp"
#include "withdrawals/approvals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

class Uncovered : public People {
  protected:
    Uncovered() { merchant_.balance_check = false; }
    std::size_t cover_due() {
        const auto due = book_.write([&](store::Tx& tx) { return due_for_cover(tx, 100, now_); });
        for (const auto id : due) {
            auto outcome =
                book_.write([&](store::Tx& tx) { return cover(tx, id, context(), now_); });
            if (outcome.postback) told_.push_back(*outcome.postback);
        }
        return due.size();
    }
};

TEST_F(Uncovered, WaitsUntilItsMoneyHasCome) {
    const auto id = *accept(150'000);
    EXPECT_EQ(row(id).state, State::waiting);
    EXPECT_TRUE(row(id).has(Flag::uncovered));
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(broken_laws(), "");
    EXPECT_EQ(cover_due(), 1U);
    EXPECT_EQ(cover_due(), 0U);
    credit(50'000);
    now_ += cover_pause;
    EXPECT_EQ(cover_due(), 1U);
    EXPECT_EQ(row(id).state, State::queued);
    EXPECT_EQ(balance().held, Money::kes(150'000));
    EXPECT_EQ(last_event(id), "covered: ");
    paid(id, "SG632NMU1R");
    EXPECT_EQ(broken_laws(), "");
    EXPECT_EQ(balance().posted, Money::zero());
}

TEST_F(Uncovered, LetsWhatIsCoveredPass) {
    static_cast<void>(accept(150'000));
    EXPECT_EQ(state_of_new(100'000), State::queued);
    EXPECT_EQ(state_of_new(10), State::waiting);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Uncovered, FailsWhenItsTimeIsOver) {
    const auto id = *accept(150'000);
    now_ += cover_within;
    EXPECT_EQ(cover_due(), 1U);
    EXPECT_EQ(row(id).state, State::failed);
    EXPECT_EQ(row(id).result_code, "Insufficient balance");
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_NE(told_[0].body->find(R"("withdrawal_status":5)"), std::string::npos);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Uncovered, WaitsForPeopleAndMoneyInAnyOrder) {
    rules({.from = Money::kes(1)});
    const auto approved_first = *accept(150'000);
    EXPECT_EQ(approve(approved_first, "amina"), Decided::uncovered);
    EXPECT_EQ(row(approved_first).state, State::waiting);
    credit(50'000);
    EXPECT_EQ(cover_due(), 1U);
    EXPECT_EQ(row(approved_first).state, State::queued);
    const auto covered_first = *accept(60'000);
    credit(60'000);
    EXPECT_EQ(cover_due(), 1U);
    EXPECT_EQ(row(covered_first).state, State::waiting);
    EXPECT_EQ(balance().held, Money::kes(210'000));
    EXPECT_EQ(approve(covered_first, "amina"), Decided::queued);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Uncovered, CanBeRejected) {
    const auto id = *accept(150'000);
    EXPECT_EQ(reject(id, "amina"), Decided::rejected);
    EXPECT_EQ(row(id).state, State::failed);
    EXPECT_EQ(cover_due(), 0U);
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::withdrawals::test
