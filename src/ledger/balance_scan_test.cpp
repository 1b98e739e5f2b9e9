// All postings added up while money moves on.
#include "ledger/invariants/balance_scan.hpp"

#include <gmock/gmock.h>

#include "base/random.hpp"
#include "ledger/ledger_fixture.hpp"

namespace lango::ledger::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AScan : public testing::Test {
  protected:
    void pay(std::int64_t subject) {
        ASSERT_EQ(book_.pay(subject, minor(1000), minor(30), "R" + std::to_string(subject)),
                  Booked::now);
    }
    void step(BalanceScan& scan) {
        book_.write([&](store::Tx& tx) { scan.step(tx); });
    }
    void begin() { book_.write(&BalanceScan::begin); }
    void end() { book_.write(&BalanceScan::end); }
    std::vector<std::string> finish(BalanceScan& scan) {
        while (!scan.proof()) step(scan);
        end();
        std::vector<std::string> told;
        for (const auto& finding : scan.proof()->findings) told.push_back(finding.text);
        return told;
    }
    std::int64_t noted() { return book_.number("SELECT COUNT(*) FROM booked_since"); }

    Book book_;
};

TEST_F(AScan, OfBooksThatNobodyTouches) {
    for (std::int64_t subject = 10; subject < 20; ++subject) pay(subject);
    BalanceScan scan{3};
    begin();
    EXPECT_THAT(finish(scan), IsEmpty());
    EXPECT_EQ(scan.proof()->law, "BalancesEqualPostings");
    EXPECT_EQ(scan.proof()->checked, 3U);
    EXPECT_EQ(scan.proof()->what, "accounts");
}

TEST_F(AScan, CountsWhatIsBookedBeforeAndBehindIt) {
    for (std::int64_t subject = 10; subject < 20; ++subject) pay(subject);
    BalanceScan scan{3};
    begin();
    step(scan);  // 10 to 12
    pay(5);
    pay(11 + 100);
    step(scan);
    pay(14 + 200);
    pay(6);
    EXPECT_EQ(noted(), 4);
    EXPECT_THAT(finish(scan), IsEmpty());
    EXPECT_EQ(noted(), 0);
}

TEST_F(AScan, IsRightWhateverIsBookedBetweenItsSteps) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Book book;
        SeededRandom random{seed};
        const auto some = [&](std::uint64_t most) {
            for (auto left = random.below(most); left > 0; --left) {
                const auto subject = static_cast<std::int64_t>(random.below(1'000'000));
                static_cast<void>(book.pay(subject, minor(1000 + subject % 77), minor(30),
                                           std::to_string(subject)));
            }
        };
        some(60);
        BalanceScan scan{1 + static_cast<std::int64_t>(random.below(9))};
        book.write(&BalanceScan::begin);
        while (!scan.proof()) {
            book.write([&](store::Tx& tx) { scan.step(tx); });
            some(6);
        }
        EXPECT_THAT(scan.proof()->findings, IsEmpty()) << seed;
    }
}

TEST_F(AScan, FindsWhatIsOff) {
    for (std::int64_t subject = 10; subject < 20; ++subject) pay(subject);
    BalanceScan scan{3};
    begin();
    step(scan);
    pay(5);
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE accounts SET balance = balance + 7 WHERE kind = " LANGO_ACCOUNT_FEES);
        tx.run("UPDATE postings SET account_id = 77 WHERE subject_id = 19 AND line = 1");
    });
    EXPECT_THAT(finish(scan),
                ElementsAre("account 1 (rail 174379, KES): its balance is 1000 less than its "
                            "postings sum to",
                            "account 3 (fees 0, KES): its balance is 7 more than its postings sum "
                            "to",
                            "postings to account 77, which does not exist"));
}

TEST_F(AScan, ThatWasGivenUpLeavesNothingToTheNext) {
    pay(10);
    begin();
    pay(11);
    BalanceScan scan;
    begin();
    EXPECT_EQ(noted(), 0);
    EXPECT_THAT(finish(scan), IsEmpty());
    pay(12);
    EXPECT_EQ(noted(), 0) << "no scan is under way";
}

}  // namespace
}  // namespace lango::ledger::test
