#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

TEST_F(Withdrawals, HoldsAmountAndFee) {
    fee_ = Money::kes(15);
    const auto id = create(1000);
    ASSERT_TRUE(id);
    EXPECT_EQ(balance().held, Money::kes(1015));
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    EXPECT_EQ(row(*id).state, State::queued);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Withdrawals, RefusesMoreThanIsFree) {
    ASSERT_TRUE(create(60'000));
    EXPECT_FALSE(create(40'001));
    EXPECT_EQ(refusal_.first, "withdrawals_sum_amount");
    EXPECT_EQ(refusal_.second, "Insufficient balance");
    EXPECT_EQ(balance().held, Money::kes(60'000));
    EXPECT_TRUE(create(40'000));
    EXPECT_EQ(balance().free(), Money::zero());
}

TEST_F(Withdrawals, TakesAMerchantsIdOnce) {
    ASSERT_TRUE(create(1000, Kind::api, "254712345678", "85858053"));
    EXPECT_FALSE(create(1000, Kind::api, "254712345678", "85858053"));
    EXPECT_EQ(refusal_.first, "withdrawal_id");
    EXPECT_EQ(refusal_.second, "The withdrawal id has already been taken.");
    EXPECT_EQ(balance().held, Money::kes(1000));
}

TEST_F(Withdrawals, MakesAnIdForWhoSendsNone) {
    const auto id = create();
    EXPECT_EQ(row(*id).withdrawal_id, hex16(id->value()));
}

// Neither rail nor ledger; the account's last digit decides (decisions, Money).
TEST_F(Withdrawals, ATestMovesNothing) {
    const auto well = create(1'000'000, Kind::test, "254712345678");
    const auto badly = create(1'000'000, Kind::test, "254712345675");
    ASSERT_TRUE(well && badly);
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(take(), 0U);
    const auto due = book_.write([&](store::Tx& tx) { return due_tests(tx, 10, now_); });
    ASSERT_EQ(due.size(), 2U);
    for (const auto id : due) {
        const auto outcome =
            book_.write([&](store::Tx& tx) { return finish_test(tx, id, context(), now_); });
        ASSERT_TRUE(outcome.postback);
        told_.push_back(*outcome.postback);
    }
    EXPECT_EQ(row(*well).state, State::paid);
    EXPECT_EQ(row(*badly).state, State::failed);
    EXPECT_NE(told_.at(0).body->find(R"("withdrawal_status":1)"), std::string::npos);
    EXPECT_NE(told_.at(1).body->find(R"("withdrawal_status":5)"), std::string::npos);
    EXPECT_EQ(balance().posted, Money::kes(100'000));
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::withdrawals::test
