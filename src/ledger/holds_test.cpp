#include <gmock/gmock.h>

#include "base/result.hpp"
#include "ledger/ledger_fixture.hpp"
#include "store/store.hpp"

namespace lango::ledger {
namespace {

using test::merchant;
using test::minor;
using test::rail;
using testing::Pair;

class Hold : public testing::Test, protected test::Book {
  protected:
    Hold() { static_cast<void>(pay(1, Money::kes(100), minor(0), "UKN1")); }
};

TEST_F(Hold, TakesFromWhatIsFree) {
    EXPECT_TRUE(hold(10, Money::kes(60)));
    EXPECT_THAT(stands(merchant), Pair(10'000, 6'000));
    EXPECT_EQ(balance(merchant).free(), Money::kes(40));
}

TEST_F(Hold, IsRefusedBeyondWhatIsFree) {
    EXPECT_TRUE(hold(10, Money::kes(60)));
    EXPECT_FALSE(hold(11, minor(4'001)));
    EXPECT_THAT(stands(merchant), Pair(10'000, 6'000));
    EXPECT_EQ(number("SELECT COUNT(*) FROM holds"), 1);
    EXPECT_TRUE(hold(11, Money::kes(40)));
    EXPECT_FALSE(hold(12, minor(1)));
}

TEST_F(Hold, OpensNoAccountWhereNothingIs) {
    const auto accounts = number("SELECT COUNT(*) FROM accounts");
    EXPECT_FALSE(hold(10, minor(1), {.kind = AccountKind::merchant, .owner = 99}));
    EXPECT_EQ(number("SELECT COUNT(*) FROM accounts"), accounts);
}

// What the rail holds for us is a debt of the rail's: nothing of it is free to be held.
TEST_F(Hold, IsRefusedOnTheRailsAccount) { EXPECT_FALSE(hold(10, minor(1), rail)); }

TEST_F(Hold, GivesItsMoneyBackWhenItIsReleased) {
    EXPECT_TRUE(hold(10, Money::kes(60)));
    release(10);
    EXPECT_THAT(stands(merchant), Pair(10'000, 0));
    EXPECT_TRUE(hold(11, Money::kes(100)));
    EXPECT_EQ(number("SELECT state FROM holds WHERE subject_id = 10"), 3);
}

TEST_F(Hold, EndsWhenItsMoneyLeaves) {
    EXPECT_TRUE(hold(10, Money::kes(60)));
    EXPECT_TRUE(hold(11, Money::kes(40)));
    EXPECT_EQ(capture(10, Money::kes(60)), Booked::now);
    EXPECT_THAT(stands(merchant), Pair(4'000, 4'000));
    EXPECT_THAT(stands(rail), Pair(-4'000, 0));
    EXPECT_EQ(number("SELECT state FROM holds WHERE subject_id = 10"), 2);
}

TEST_F(Hold, IsOnePerPaymentForEver) {
    EXPECT_TRUE(hold(10, Money::kes(10)));
    EXPECT_THROW(hold(10, Money::kes(10)), store::Conflict);
    release(10);
    EXPECT_THROW(hold(10, Money::kes(10)), store::Conflict);
    EXPECT_THAT(stands(merchant), Pair(10'000, 0));
}

TEST_F(Hold, IsRefusedToEndTwice) {
    EXPECT_TRUE(hold(10, Money::kes(60)));
    release(10);
    EXPECT_THROW(release(10), Unsound);
    EXPECT_THROW(capture(10, Money::kes(60)), Unsound);
    EXPECT_THROW(release(11), Unsound);
}

TEST_F(Hold, IsRefusedForNothingOrLess) {
    EXPECT_THROW(hold(10, minor(0)), Unsound);
    EXPECT_THROW(hold(10, minor(-1)), Unsound);
}

}  // namespace
}  // namespace lango::ledger
