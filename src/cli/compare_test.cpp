#include "cli/compare.hpp"

#include <gmock/gmock.h>

#include "cli/commands.hpp"

namespace lango::cli {
namespace {

using testing::UnorderedElementsAre;

TEST(Comparison, FindsEqualLedgersEqual) {
    EXPECT_TRUE(compare({}, {}).equal());
    const Receipts both{{"UKN1", 100'000}, {"UKN2", 50}};
    const auto result = compare(both, both);
    EXPECT_TRUE(result.equal());
    EXPECT_EQ(result.payments, 2U);
    EXPECT_EQ(result.rail_minor, 100'050);
    EXPECT_EQ(result.ours_minor, 100'050);
}

TEST(Comparison, TellsWhatOnlyOneHasAndWhatDiffers) {
    const auto result = compare({{"UKN1", 100'000}, {"UKN2", 50}, {"UKN3", 700}},
                                {{"UKN2", 60}, {"UKN3", 700}, {"UKN4", 123'456'789}});
    EXPECT_FALSE(result.equal());
    EXPECT_EQ(result.differences, 3U);
    EXPECT_THAT(result.first,
                UnorderedElementsAre("UKN1: KES 1,000.00 at the rail, not in our ledger",
                                     "UKN2: KES 0.50 at the rail, KES 0.60 in our ledger",
                                     "UKN4: KES 1,234,567.89 in our ledger, not at the rail"));
}

// Two receipts with their amounts changed over: the sums agree and the ledgers do not.
TEST(Comparison, IsOfEachReceiptAndNotOfSums) {
    const auto result = compare({{"A", 1}, {"B", 2}}, {{"A", 2}, {"B", 1}});
    EXPECT_EQ(result.rail_minor, result.ours_minor);
    EXPECT_EQ(result.differences, 2U);
    EXPECT_FALSE(result.equal());
}

TEST(Comparison, CountsMoreThanItTells) {
    Receipts many;
    for (int i = 0; i < 50; ++i) many["R" + std::to_string(i)] = 1;
    const auto result = compare(many, {}, 5);
    EXPECT_EQ(result.differences, 50U);
    EXPECT_EQ(result.first.size(), 5U);
}

TEST(Numbers, ArePrintedForPeople) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1,000");
    EXPECT_EQ(grouped(-1'234'567), "-1,234,567");
    EXPECT_EQ(money_text(0), "0.00");
    EXPECT_EQ(money_text(5), "0.05");
    EXPECT_EQ(money_text(-5), "-0.05");
    EXPECT_EQ(money_text(-100'050), "-1,000.50");
    EXPECT_EQ(money_text(100'000'000), "1,000,000.00");
}

}  // namespace
}  // namespace lango::cli
