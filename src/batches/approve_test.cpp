#include "batches/approve.hpp"

#include "batches/batches_fixture.hpp"

namespace lango::batches {
namespace {

// Twenty rows that wait for two people; amina has released them.
class Approvals : public test::Batches {
  protected:
    Approvals() {
        rules({.from = Money::kes(10), .needed = 2});
        number_ = upload(sheet(20));
        EXPECT_EQ(let_go(number_), Released::yes);
        static_cast<void>(go_on_to_the_end());
    }
    Approvable may(const std::string& who, std::optional<std::string> seen = std::nullopt,
                   std::optional<Money> sum = std::nullopt) {
        const auto of = batch(number_);
        return book_.write([&](store::Tx& tx) {
            return approvable(tx, of, who, seen.value_or(code(of)),
                              sum ? sum : std::optional{of.total});
        });
    }
    Outcomes give(const std::string& who, const std::vector<ToApprove>& all) {
        return book_.write([&](store::Tx& tx) {
            return batches::approve(tx, all, who, merchant_.payout_rules.needed, now_);
        });
    }
    std::int64_t number_ = 0;
};

TEST_F(Approvals, AreOneForEachRow) {
    EXPECT_EQ(states(number_).find("open"), std::string::npos);
    EXPECT_EQ(take(), 0U) << "they wait for people";
    const auto first = may("brian");
    EXPECT_EQ(first.why_not, "");
    EXPECT_EQ(give("brian", first.open), (Outcomes{{"approved", 20}}));
    EXPECT_EQ(may("brian").why_not, "You have approved it already.");
    EXPECT_EQ(give("chebet", may("chebet").open), (Outcomes{{"queued", 20}}));
    EXPECT_EQ(book_.number("SELECT COUNT(*) FROM withdrawal_approvals"), 40);
    EXPECT_EQ(acts("withdrawal approve"), 40);
    EXPECT_EQ(take(), 20U);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Approvals, AreNotTheReleasersOwn) {
    EXPECT_EQ(may("amina").why_not, "Nobody approves what he created.");
}

TEST_F(Approvals, AreForWhatWasSeenAndItsSum) {
    EXPECT_EQ(may("brian", "0000000000000000").why_not,
              "It is not what you saw: look at it again.");
    EXPECT_EQ(may("brian", {}, Money::kes(1999)).why_not, "That is not what the batch pays out.");
    EXPECT_EQ(may("brian", {}, Money::kes(2000)).why_not, "");
}

TEST_F(Approvals, OfABatchWithOneRowThatIsAnotherAreNone) {
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET phone = 254799999999 WHERE withdrawal_id = 'w-7'");
    });
    EXPECT_EQ(may("brian").why_not, "Not every row is there with its recipient and amount.");
    EXPECT_TRUE(may("brian").open.empty());
}

TEST_F(Approvals, OfARowThatBecameAnotherMeanwhileDoNotCount) {
    const auto seen = may("brian");
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET amount = amount + 100 WHERE withdrawal_id = 'w-7'");
    });
    EXPECT_EQ(give("brian", seen.open), (Outcomes{{"approved", 19}, {"changed", 1}}));
}

TEST_F(Approvals, ThatWereCutOffAreGivenToTheOthers) {
    auto first = may("brian").open;
    first.resize(7);
    EXPECT_EQ(give("brian", first), (Outcomes{{"approved", 7}}));
    const auto left = may("brian");
    EXPECT_EQ(left.why_not, "");
    EXPECT_EQ(left.open.size(), 13U);
    EXPECT_EQ(give("brian", left.open), (Outcomes{{"approved", 13}}));
}

TEST_F(Approvals, OfWhatWaitsForNobodyAreNone) {
    rules({});
    const auto other = upload(test::header + "x,254712345678,10,u\n");
    EXPECT_EQ(let_go(other), Released::yes);
    static_cast<void>(go_on_to_the_end());
    number_ = other;
    EXPECT_EQ(may("brian").why_not, "Not every row waits for an approval.");
}

}  // namespace
}  // namespace lango::batches
